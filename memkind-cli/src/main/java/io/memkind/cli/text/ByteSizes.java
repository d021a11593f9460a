package io.memkind.cli.text;

import java.util.Locale;
import java.util.OptionalLong;

/** Numbers of bytes for people. */
public final class ByteSizes {
    private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};

    private ByteSizes() {}

    /**
     * A size in the largest unit that it has one of.
     *
     * @param byteSize bytes, not negative
     * @return for instance {@code 64 KiB} or {@code 1.5 GiB}
     */
    public static String text(long byteSize) {
        int unit = 0;
        while (unit + 1 < UNITS.length && byteSize >>> (10 * (unit + 1)) != 0) {
            unit++;
        }
        double inUnit = (double) byteSize / (1L << (10 * unit));
        String format = inUnit == Math.rint(inUnit) ? "%.0f %s" : "%.1f %s";
        return String.format(Locale.ROOT, format, inUnit, UNITS[unit]);
    }

    /**
     * A size that may be unknown.
     *
     * @param byteSize bytes
     * @return as {@link #text(long)}, or a dash
     */
    public static String text(OptionalLong byteSize) {
        return byteSize.isPresent() ? text(byteSize.getAsLong()) : "-";
    }
}
