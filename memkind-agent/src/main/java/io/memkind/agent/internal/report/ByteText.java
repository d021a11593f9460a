package io.memkind.agent.internal.report;

import java.util.Locale;

/** Numbers of bytes for people. */
final class ByteText {
    private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};

    private ByteText() {}

    /** In the largest unit that it has one of. */
    static String of(long byteSize) {
        int unit = 0;
        while (unit + 1 < UNITS.length && byteSize >>> (10 * (unit + 1)) != 0) {
            unit++;
        }
        return unit == 0
                ? byteSize + " B"
                : String.format(Locale.ROOT, "%.1f %s", (double) byteSize / (1L << (10 * unit)), UNITS[unit]);
    }
}
