package io.memkind.tier;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The tunables of {@link TierPolicy#DYNAMIC_THRESHOLD}, by field and by name. Not thread-safe. */
final class ThresholdSettings {
    private static final String PREFIX = "policy.dynamic_threshold.";
    private static final Pattern THRESHOLD =
            Pattern.compile(Pattern.quote(PREFIX) + "thresholds\\[([0-9]{1,9})]\\.(val|min|max)");

    final List<TierThreshold> thresholds = new ArrayList<>();
    int checkCount = 20;
    double trigger = 0.02;
    double degree = 0.15;

    /* From the second tier on, each brings a threshold; those before it stay as they are. */
    void tierAdded(int tierCount) {
        if (tierCount > 1) {
            thresholds.add(TierThreshold.byDefault(tierCount - 2));
        }
    }

    void setThreshold(int index, TierThreshold threshold) {
        requireIndex(index);
        if (threshold.value() < 0 || threshold.min() < 0 || threshold.max() < 0) {
            throw new IllegalArgumentException(threshold + " has a negative size; sizes are in bytes, from 0 on");
        }
        thresholds.set(index, threshold);
    }

    private void requireIndex(int index) {
        if (index < 0 || index >= thresholds.size()) {
            throw new IllegalArgumentException("there is no threshold " + index + ": with "
                    + (thresholds.isEmpty() ? "fewer than two" : thresholds.size() + 1)
                    + " tiers added so far there are "
                    + thresholds.size() + ", counted from 0; add the tiers first");
        }
    }

    void setCheckCount(long count) {
        if (count < 1 || count > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("check count " + count + " is not in 1.." + Integer.MAX_VALUE
                    + "; 1 checks after every allocation, a great one next to never");
        }
        checkCount = (int) count;
    }

    void setTrigger(double difference) {
        trigger = requireFraction("trigger", difference);
    }

    void setDegree(double fraction) {
        degree = requireFraction("degree", fraction);
    }

    private static double requireFraction(String name, double value) {
        if (!(value >= 0 && value <= Double.MAX_VALUE)) {
            throw new IllegalArgumentException(name + " " + value + " is not a finite number from 0 on");
        }
        return value;
    }

    /** Sets what the C library calls {@code name}. */
    void set(String name, BigDecimal value) {
        Matcher threshold = THRESHOLD.matcher(name);
        if (threshold.matches()) {
            setThresholdPart(Integer.parseInt(threshold.group(1)), threshold.group(2), bytesOf(name, value));
            return;
        }
        switch (name) {
            case PREFIX + "check_cnt" -> setCheckCount(bytesOf(name, value));
            case PREFIX + "trigger" -> setTrigger(value.doubleValue());
            case PREFIX + "degree" -> setDegree(value.doubleValue());
            default ->
                throw new IllegalArgumentException("there is no property " + name + "; there are " + PREFIX
                        + "thresholds[N].val, .min and .max, " + PREFIX + "check_cnt, " + PREFIX + "trigger and "
                        + PREFIX
                        + "degree");
        }
    }

    private void setThresholdPart(int index, String part, long bytes) {
        requireIndex(index);
        TierThreshold old = thresholds.get(index);
        setThreshold(
                index,
                switch (part) {
                    case "val" -> new TierThreshold(bytes, old.min(), old.max());
                    case "min" -> new TierThreshold(old.value(), bytes, old.max());
                    default -> new TierThreshold(old.value(), old.min(), bytes);
                });
    }

    private static long bytesOf(String name, BigDecimal value) {
        try {
            return value.longValueExact();
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException(name + " takes a whole number below 2^63, not " + value, e);
        }
    }

    /** What can be told only when all is set. */
    void check() {
        for (int i = 0; i < thresholds.size(); i++) {
            TierThreshold threshold = thresholds.get(i);
            if (threshold.min() > threshold.value() || threshold.value() > threshold.max()) {
                throw new IllegalStateException("threshold " + i + " is " + threshold.value() + ", not between its min "
                        + threshold.min() + " and its max " + threshold.max() + "; set all three");
            }
            if (i > 0 && thresholds.get(i - 1).max() > threshold.min()) {
                throw new IllegalStateException("threshold " + (i - 1) + " has max "
                        + thresholds.get(i - 1).max() + ", above the min " + threshold.min() + " of threshold " + i
                        + "; they may touch but not overlap");
            }
        }
    }
}
