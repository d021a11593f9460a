package io.memkind.tier;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.stream.IntStream;

/** See {@link TierPolicy#DYNAMIC_THRESHOLD}. */
final class ThresholdChooser implements TierChooser {
    private static final VarHandle CELL = MethodHandles.arrayElementVarHandle(long[].class);

    private final Tier[] tiers;
    private final List<TierThreshold> limits;
    private final int checkCount;
    private final double trigger;
    private final double degree;
    private final AtomicLongArray values;
    /* Requests since the last check, by stripe: n threads check as often as one thread with as many requests. */
    private final long[] requests = Stripes.newCells();
    private final AtomicBoolean adjusting = new AtomicBoolean();
    /* By whoever is adjusting. */
    private final double[] differences;

    ThresholdChooser(Tier[] tiers, ThresholdSettings settings) {
        this.tiers = tiers;
        this.limits = List.copyOf(settings.thresholds);
        this.checkCount = settings.checkCount;
        this.trigger = settings.trigger;
        this.degree = settings.degree;
        this.values = new AtomicLongArray(
                limits.stream().mapToLong(TierThreshold::value).toArray());
        this.differences = new double[limits.size()];
    }

    @Override
    public int choose(long byteSize, int stripe) {
        int last = tiers.length - 1;
        for (int i = 0; i < last; i++) {
            if (byteSize < values.getOpaque(i)) {
                return i;
            }
        }
        return last;
    }

    @Override
    public void served(int stripe) {
        int cell = Stripes.cell(stripe);
        if ((long) CELL.getAndAdd(requests, cell, 1L) + 1 == checkCount) {
            CELL.getAndAdd(requests, cell, (long) -checkCount);
            adjust();
        }
    }

    /* One thread at a time; the others go on with the thresholds as they are. */
    private void adjust() {
        if (adjusting.compareAndSet(false, true)) {
            try {
                for (int i = 0; i < limits.size(); i++) {
                    adjust(i);
                }
            } finally {
                adjusting.set(false);
            }
        }
    }

    /* A step that would leave the limits is not made, rather than cut short: so does the C library. */
    private void adjust(int i) {
        long below = tiers[i].counter.liveBytes();
        long above = tiers[i + 1].counter.liveBytes();
        double wanted = (double) tiers[i + 1].ratio / tiers[i].ratio;
        boolean up = true;
        if (below > 0) {
            double ratio = (double) above / below;
            double before = differences[i];
            double difference = Math.abs(ratio - wanted);
            differences[i] = difference;
            if (difference < trigger || difference < before) {
                return;
            }
            up = ratio > wanted;
        }
        long value = values.get(i);
        double step = Math.ceil(value * degree);
        TierThreshold limit = limits.get(i);
        if (up && value + step <= limit.max()) {
            values.set(i, value + (long) step);
        } else if (!up && value - step >= limit.min()) {
            values.set(i, value - (long) step);
        }
    }

    @Override
    public List<TierThreshold> thresholds() {
        return IntStream.range(0, limits.size())
                .mapToObj(i -> new TierThreshold(
                        values.get(i), limits.get(i).min(), limits.get(i).max()))
                .toList();
    }
}
