package io.memkind.cli.launch;

import java.math.BigInteger;

/**
 * How the bytes of a program are spread over ordinary memory and memory of DAX devices.
 *
 * @param ordinary part for ordinary memory, 0 or more
 * @param dax part for memory of DAX devices, 0 or more; not both are 0
 */
public record TierRatio(long ordinary, long dax) {
    private static final long MOST = (1L << 32) - 1;
    /* How far a simple fraction may be from the true one. */
    private static final double TOLERANCE = 0.05;

    /**
     * Understands a ratio.
     *
     * @param text two whole numbers with a colon between
     * @return the ratio
     * @throws IllegalArgumentException if it is none; the message names the value and the remedy
     */
    public static TierRatio parse(String text) {
        String[] parts = text.split(":", -1);
        if (parts.length != 2 || !parts[0].matches("\\d+") || !parts[1].matches("\\d+")) {
            throw new IllegalArgumentException("the ratio '" + text
                    + "' is not understood; give two whole numbers with a colon between, such as 1:4");
        }
        BigInteger ordinary = new BigInteger(parts[0]);
        BigInteger dax = new BigInteger(parts[1]);
        if (ordinary.max(dax).compareTo(BigInteger.valueOf(MOST)) > 0) {
            throw new IllegalArgumentException("the ratio '" + text + "' is not plausible; give numbers up to " + MOST);
        }
        if (ordinary.signum() == 0 && dax.signum() == 0) {
            throw new IllegalArgumentException("the ratio 0:0 leaves no memory; give one number above 0");
        }
        return new TierRatio(ordinary.longValue(), dax.longValue());
    }

    /**
     * The ratio of two capacities, in small numbers: the fraction of least denominator that is within 5 % of it.
     *
     * @param ordinaryBytes more than 0
     * @param daxBytes more than 0
     * @return the ratio
     */
    public static TierRatio ofCapacities(long ordinaryBytes, long daxBytes) {
        double larger = Math.max(ordinaryBytes, daxBytes);
        double wanted = larger / Math.min(ordinaryBytes, daxBytes);
        long denominator = 1;
        while (Math.abs((double) Math.round(wanted * denominator) / denominator - wanted) > TOLERANCE * wanted) {
            denominator++;
        }
        long numerator = Math.min(MOST, Math.round(wanted * denominator));
        return ordinaryBytes >= daxBytes
                ? new TierRatio(numerator, denominator)
                : new TierRatio(denominator, numerator);
    }

    /**
     * The tiers as {@code MEMKIND_MEM_TIERS} takes them. A part of 0 leaves the tier away.
     *
     * @param dynamic whether sizes decide, by thresholds, rather than the ratio alone
     * @return the value of the variable
     */
    public String tiers(boolean dynamic) {
        StringBuilder text = new StringBuilder();
        if (ordinary > 0) {
            text.append("KIND:DRAM,RATIO:").append(ordinary).append(';');
        }
        if (dax > 0) {
            text.append("KIND:KMEM_DAX,RATIO:").append(dax).append(';');
        }
        return text.append("POLICY:")
                .append(dynamic ? "DYNAMIC_THRESHOLD" : "STATIC_RATIO")
                .toString();
    }
}
