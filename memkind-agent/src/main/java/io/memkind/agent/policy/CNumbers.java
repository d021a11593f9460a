package io.memkind.agent.policy;

import java.math.BigInteger;
import java.util.OptionalLong;

/** Whole numbers as strtoul(3) and the C library's configuration read them. */
final class CNumbers {
    private static final BigInteger TWO_TO_64 = BigInteger.ONE.shiftLeft(64);

    private CNumbers() {}

    /**
     * The number in front of a text, in the base that its prefix says (0x: 16, 0: 8, else 10); what stands behind it does not
     * count. Empty if there is none, it is negative, or does not fit.
     */
    static OptionalLong prefix(String text) {
        int base = 10;
        int start = 0;
        if (text.regionMatches(true, 0, "0x", 0, 2) && text.length() > 2 && Character.digit(text.charAt(2), 16) >= 0) {
            base = 16;
            start = 2;
        } else if (text.startsWith("0")) {
            base = 8;
        }
        int end = start;
        while (end < text.length() && text.charAt(end) < 128 && Character.digit(text.charAt(end), base) >= 0) {
            end++;
        }
        if (end == start) {
            return OptionalLong.empty();
        }
        BigInteger number = new BigInteger(text.substring(start, end), base);
        return number.bitLength() > 63 ? OptionalLong.empty() : OptionalLong.of(number.longValue());
    }

    /**
     * A size: decimal digits with K, M, G or nothing behind them, below 2<sup>64</sup>. One of 2<sup>63</sup> and more becomes {@link
     * Long#MAX_VALUE}.
     */
    static OptionalLong size(String text) {
        if (!text.matches("\\d+[KMG]?")) {
            return OptionalLong.empty();
        }
        int unit = "KMG".indexOf(text.charAt(text.length() - 1)) + 1;
        BigInteger number =
                new BigInteger(unit == 0 ? text : text.substring(0, text.length() - 1)).shiftLeft(10 * unit);
        if (number.compareTo(TWO_TO_64) >= 0) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(number.bitLength() > 63 ? Long.MAX_VALUE : number.longValue());
    }
}
