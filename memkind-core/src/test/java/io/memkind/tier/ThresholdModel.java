package io.memkind.tier;

/** The rule of the dynamic thresholds, step by step, for one thread. */
final class ThresholdModel {
    final long[] values;
    private final TierThreshold[] limits;
    private final long[] ratios;
    private final double[] differences;
    private final int checkCount;
    private final double trigger;
    private final double degree;
    private int left;
    final long[] live;

    ThresholdModel(long[] ratios, TierThreshold[] limits, int checkCount, double trigger, double degree) {
        this.ratios = ratios;
        this.limits = limits;
        this.checkCount = checkCount;
        this.trigger = trigger;
        this.degree = degree;
        this.left = checkCount;
        values = new long[limits.length];
        for (int i = 0; i < limits.length; i++) {
            values[i] = limits[i].value();
        }
        differences = new double[limits.length];
        live = new long[ratios.length];
    }

    int tierFor(long byteSize) {
        int tier = 0;
        while (tier < values.length && byteSize >= values[tier]) {
            tier++;
        }
        return tier;
    }

    /** After an allocation or resize, which {@code live} has already. */
    void counted() {
        if (--left > 0) {
            return;
        }
        left = checkCount;
        for (int i = 0; i < values.length; i++) {
            double wanted = (double) ratios[i + 1] / ratios[i];
            double now = (double) live[i + 1] / live[i];
            if (live[i] > 0) {
                double old = differences[i];
                differences[i] = Math.abs(now - wanted);
                if (differences[i] < trigger || differences[i] < old) {
                    continue;
                }
            }
            long step = (long) Math.ceil(values[i] * degree);
            long candidate = live[i] == 0 || now > wanted ? values[i] + step : values[i] - step;
            if (candidate >= limits[i].min() && candidate <= limits[i].max()) {
                values[i] = candidate;
            }
        }
    }
}
