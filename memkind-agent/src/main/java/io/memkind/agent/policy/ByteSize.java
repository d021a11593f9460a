package io.memkind.agent.policy;

import java.math.BigInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers of bytes in policies and options of the agent. */
public final class ByteSize {
    private static final Pattern SIZE = Pattern.compile("(\\d{1,20})([KMGT]?)");
    private static final String UNITS = "KMGT";

    private ByteSize() {}

    /**
     * Understands a size.
     *
     * @param text a whole number, of bytes or with K, M, G or T behind it of KiB, MiB, GiB or TiB
     * @return bytes
     * @throws PolicyException if it is none, or 2<sup>63</sup> bytes or more
     */
    public static long parse(String text) {
        Matcher matcher = SIZE.matcher(text);
        if (!matcher.matches()) {
            throw new PolicyException("'" + text
                    + "' is not a size; give bytes, or a whole number with K, M, G or T behind it, such as 512K");
        }
        String unit = matcher.group(2);
        int shift = unit.isEmpty() ? 0 : 10 * (UNITS.indexOf(unit) + 1);
        BigInteger bytes = new BigInteger(matcher.group(1)).shiftLeft(shift);
        if (bytes.bitLength() > 63) {
            throw new PolicyException("'" + text + "' is too large; sizes are below 2^63 bytes");
        }
        return bytes.longValue();
    }
}
