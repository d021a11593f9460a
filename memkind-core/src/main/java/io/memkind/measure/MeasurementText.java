package io.memkind.measure;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * A measurement as text: a line of format and version, the machine, the time, a line for each pair, and an end that tells
 * their number, so that a file that was cut is found out.
 */
final class MeasurementText {
    private static final String FORMAT = "memkind measured attributes, version ";
    private static final String VERSION = "1";
    private static final String MACHINE = "machine: ";
    private static final String MEASURED = "measured: ";
    private static final String PAIR = "pair: ";
    private static final String END = "end: ";
    private static final String NOT_MEASURED = "none";
    private static final int FIELD_COUNT = 8;
    private static final long MOST_VALUE = 1_000_000_000;

    private final String[] lines;
    private int next;

    private MeasurementText(String text) {
        lines = text.split("\n", -1);
    }

    static String of(MachineIdentity machine, MeasuredAttributes measured) {
        List<String> lines = new ArrayList<>();
        lines.add(FORMAT + VERSION);
        lines.add(MACHINE + machine.text());
        lines.add(MEASURED + measured.measuredAt());
        lines.add("# pair: from to MiB/s ns buffer-bytes huge-page-bytes threads rounds; or: from to none reason");
        measured.pairs().forEach(pair -> lines.add(PAIR + line(pair)));
        lines.add(END + measured.pairs().size());
        return String.join("\n", lines) + "\n";
    }

    private static String line(MeasuredPair pair) {
        String nodes = pair.initiator() + " " + pair.target() + " ";
        return nodes
                + (pair.measured()
                        ? pair.readBandwidthMiBps().orElseThrow() + " "
                                + pair.readLatencyNanos().orElseThrow() + " " + pair.bufferByteSize() + " "
                                + pair.hugeByteSize() + " " + pair.threadCount() + " " + pair.roundCount()
                        : NOT_MEASURED + " " + pair.reason());
    }

    /**
     * Reads what {@link #of} wrote for the same machine.
     *
     * @throws MeasurementFormatException if it is anything else
     */
    static MeasuredAttributes parse(String text, MachineIdentity machine) throws MeasurementFormatException {
        return new MeasurementText(text).parse(machine);
    }

    private MeasuredAttributes parse(MachineIdentity machine) throws MeasurementFormatException {
        String version = take(FORMAT);
        if (!version.equals(VERSION)) {
            throw wrong("version " + version + " of the format, not " + VERSION);
        }
        if (!take(MACHINE).equals(machine.text())) {
            throw wrong("another machine");
        }
        Instant measuredAt = instant(take(MEASURED));
        List<MeasuredPair> pairs = new ArrayList<>();
        while (next < lines.length && !lines[next].startsWith(END)) {
            if (lines[next].startsWith("#")) {
                next++;
            } else {
                pairs.add(pair(take(PAIR)));
            }
        }
        if (number(take(END)) != pairs.size()) {
            throw wrong("another number of pairs than the " + pairs.size() + " that are there");
        }
        return new MeasuredAttributes(measuredAt, pairs);
    }

    private String take(String prefix) throws MeasurementFormatException {
        String line = next < lines.length ? lines[next] : "";
        next++;
        if (!line.startsWith(prefix)) {
            throw wrong("no '" + prefix.strip() + "'");
        }
        return line.substring(prefix.length());
    }

    private MeasurementFormatException wrong(String what) {
        return new MeasurementFormatException("line " + next + " has " + what);
    }

    private Instant instant(String text) throws MeasurementFormatException {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw wrong("no time");
        }
    }

    private long number(String text) throws MeasurementFormatException {
        if (!text.matches("[0-9]{1,15}")) {
            throw wrong("no number where one belongs");
        }
        return Long.parseLong(text);
    }

    private int smallNumber(String text) throws MeasurementFormatException {
        long number = number(text);
        if (number > MOST_VALUE) {
            throw wrong("a number that is too large");
        }
        return (int) number;
    }

    private MeasuredPair pair(String text) throws MeasurementFormatException {
        String[] fields = text.split(" ", FIELD_COUNT);
        if (fields.length >= 3 && fields[2].equals(NOT_MEASURED)) {
            String[] withReason = text.split(" ", 4);
            return checked(
                    withReason,
                    OptionalLong.empty(),
                    OptionalLong.empty(),
                    new long[4],
                    withReason.length == 4 ? withReason[3] : "");
        }
        if (fields.length != FIELD_COUNT) {
            throw wrong("no " + FIELD_COUNT + " numbers");
        }
        long[] how = {number(fields[4]), number(fields[5]), smallNumber(fields[6]), smallNumber(fields[7])};
        return checked(
                fields, OptionalLong.of(smallNumber(fields[2])), OptionalLong.of(smallNumber(fields[3])), how, "");
    }

    private MeasuredPair checked(
            String[] nodes, OptionalLong bandwidth, OptionalLong latency, long[] how, String reason)
            throws MeasurementFormatException {
        int from = smallNumber(nodes[0]);
        int to = smallNumber(nodes[1]);
        try {
            return new MeasuredPair(from, to, bandwidth, latency, how[0], how[1], (int) how[2], (int) how[3], reason);
        } catch (IllegalArgumentException e) {
            throw wrong("values that cannot be");
        }
    }
}
