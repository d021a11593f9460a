package io.memkind.cli.text;

import java.math.BigInteger;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers of bytes for people. */
public final class ByteSizes {
    private static final Pattern SIZE = Pattern.compile("(\\d{1,19})([KMGT]?)");
    private static final String SUFFIXES = "KMGT";
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
     * Whether a text is a size that {@link #parse} understands, or is too large for it.
     *
     * @param text any text
     * @return true for digits with one of K, M, G, T behind them or nothing
     */
    public static boolean isSize(String text) {
        return SIZE.matcher(text).matches();
    }

    /**
     * The size that a text names.
     *
     * @param text bytes, or multiples of 1024 to the first to fourth power: {@code 4096}, {@code 512M}, {@code 2G}
     * @return bytes
     * @throws IllegalArgumentException if it is no size, or one of 2<sup>63</sup> bytes or more
     */
    public static long parse(String text) {
        Matcher matcher = SIZE.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a size: give bytes, or a number with K, M, G or T behind it, such as 512M");
        }
        int shift = 10 * (SUFFIXES.indexOf(matcher.group(2)) + 1);
        BigInteger bytes =
                new BigInteger(matcher.group(1)).shiftLeft(matcher.group(2).isEmpty() ? 0 : shift);
        if (bytes.bitLength() > 63) {
            throw new IllegalArgumentException("'" + text + "' is more than 2^63 - 1 bytes");
        }
        return bytes.longValue();
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
