package io.memkind.tier;

import io.memkind.MemoryKind;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Builds tiered memories. The order in which tiers are added is their order. May build several memories, which share nothing
 * but the kinds. Not thread-safe.
 *
 * <p>The tunables of {@link TierPolicy#DYNAMIC_THRESHOLD} have setters of their own, and the names that the C library gives
 * them: see {@link #ctl(String, Number)}.
 */
public final class TierBuilder {
    /** The most tiers of one memory. */
    public static final int MAX_TIERS = 254;

    private static final long MAX_RATIO = (1L << 32) - 1;

    private record Entry(MemoryKind kind, long ratio) {}

    private final TierPolicy policy;
    private final List<Entry> entries = new ArrayList<>();
    private final ThresholdSettings settings = new ThresholdSettings();
    private TierExhaustion exhaustion = TierExhaustion.FAIL;
    private @Nullable String name;

    TierBuilder(TierPolicy policy) {
        this.policy = Objects.requireNonNull(policy, "policy");
    }

    /**
     * Adds a tier behind those that are there. The second one and each after it also bring a threshold, with index i = number of
     * tiers before it − 1, at 1024 (i + 1) bytes and free to move from 1024 i + 512 to 1024 i + 1535.
     *
     * @param kind any kind that is not a tier yet. It stays the caller's, who closes it after the tiered memory
     * @param ratio what part of the bytes it is to have, relative to the ratios of the other tiers: 1 to 2<sup>32</sup> − 1
     * @return this builder
     * @throws IllegalArgumentException if the ratio is out of range, the kind is a tier already, or there are {@link
     *     #MAX_TIERS} tiers
     */
    public TierBuilder tier(MemoryKind kind, long ratio) {
        Objects.requireNonNull(kind, "kind");
        if (ratio < 1 || ratio > MAX_RATIO) {
            throw new IllegalArgumentException("ratio " + ratio + " of " + kind.name() + " is not in 1.." + MAX_RATIO);
        }
        if (entries.stream().anyMatch(entry -> entry.kind == kind)) {
            throw new IllegalArgumentException(kind.name() + " is a tier already; a kind can be only one");
        }
        if (entries.size() == MAX_TIERS) {
            throw new IllegalArgumentException("no room for " + kind.name() + ": there are " + MAX_TIERS + " tiers");
        }
        entries.add(new Entry(kind, ratio));
        settings.tierAdded(entries.size());
        return this;
    }

    /**
     * What happens when a tier has no memory.
     *
     * @param exhaustion {@link TierExhaustion#FAIL} unless set
     * @return this builder
     */
    public TierBuilder onExhausted(TierExhaustion exhaustion) {
        this.exhaustion = Objects.requireNonNull(exhaustion, "exhaustion");
        return this;
    }

    /**
     * Names the memory in messages; by default after its tiers.
     *
     * @param name any text that is not blank
     * @return this builder
     * @throws IllegalArgumentException if the name is blank
     */
    public TierBuilder name(String name) {
        if (name.isBlank()) {
            throw new IllegalArgumentException("the name of a tiered memory must not be blank");
        }
        this.name = name;
        return this;
    }

    /**
     * Sets a threshold and how far it may move.
     *
     * <p>After every {@linkplain #checkCount so many} requests the live bytes of the tiers on both sides are compared. Where
     * they differ from their ratio by {@linkplain #trigger enough}, and the difference has not shrunk since the last time, the
     * threshold moves by a {@linkplain #degree fraction} of its value: up if the tier below it has too little, else down. A
     * step that would leave {@code min} to {@code max} is not made.
     *
     * @param index 0 for the threshold between the first and second tier, and so on
     * @param value where it starts, in bytes
     * @param min the least value, in bytes
     * @param max the greatest value, in bytes
     * @return this builder
     * @throws IllegalArgumentException if there are fewer than {@code index} + 2 tiers yet, or a size is negative
     * @throws IllegalStateException if the policy has no thresholds
     */
    public TierBuilder threshold(int index, long value, long min, long max) {
        thresholdSettings().setThreshold(index, new TierThreshold(value, min, max));
        return this;
    }

    /**
     * After how many allocations and resizes of a thread the thresholds are looked at.
     *
     * @param requests 1 or more; 20 unless set
     * @return this builder
     * @throws IllegalArgumentException if it is less than 1
     * @throws IllegalStateException if the policy has no thresholds
     */
    public TierBuilder checkCount(int requests) {
        thresholdSettings().setCheckCount(requests);
        return this;
    }

    /**
     * How far the ratio of the live bytes of two neighbouring tiers must be from the wanted one for a threshold to move.
     *
     * @param difference absolute difference of the ratios, 0 or more; 0.02 unless set
     * @return this builder
     * @throws IllegalArgumentException if it is negative or not finite
     * @throws IllegalStateException if the policy has no thresholds
     */
    public TierBuilder trigger(double difference) {
        thresholdSettings().setTrigger(difference);
        return this;
    }

    /**
     * How far a threshold moves.
     *
     * @param fraction of its value, 0 or more, rounded up to whole bytes; 0.15 unless set
     * @return this builder
     * @throws IllegalArgumentException if it is negative or not finite
     * @throws IllegalStateException if the policy has no thresholds
     */
    public TierBuilder degree(double fraction) {
        thresholdSettings().setDegree(fraction);
        return this;
    }

    /**
     * Sets a tunable by the name that {@code memtier_ctl_set} of the C library takes.
     *
     * <table class="striped">
     *   <caption>Names, all beginning with {@code policy.dynamic_threshold.}</caption>
     *   <thead><tr><th scope="col">name</th><th scope="col">as</th></tr></thead>
     *   <tbody>
     *     <tr><th scope="row">{@code thresholds[N].val}, {@code .min}, {@code .max}</th><td>{@link #threshold}</td></tr>
     *     <tr><th scope="row">{@code check_cnt}</th><td>{@link #checkCount}</td></tr>
     *     <tr><th scope="row">{@code trigger}</th><td>{@link #trigger}</td></tr>
     *     <tr><th scope="row">{@code degree}</th><td>{@link #degree}</td></tr>
     *   </tbody>
     * </table>
     *
     * @param name one of these, exactly
     * @param value a whole number but for the last two
     * @return this builder
     * @throws IllegalArgumentException if there is no such name or tier, or the value is not in its range
     * @throws IllegalStateException if the policy has no thresholds
     */
    public TierBuilder ctl(String name, Number value) {
        return ctl(name, value.toString());
    }

    /**
     * As {@link #ctl(String, Number)}, with the value as text.
     *
     * @param name a name as above
     * @param value a decimal number
     * @return this builder
     * @throws IllegalArgumentException as above, or if the value is no number
     * @throws IllegalStateException if the policy has no thresholds
     */
    public TierBuilder ctl(String name, String value) {
        Objects.requireNonNull(name, "name");
        BigDecimal number;
        try {
            number = new BigDecimal(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + " takes a number, not \"" + value + "\"", e);
        }
        thresholdSettings().set(name, number);
        return this;
    }

    private ThresholdSettings thresholdSettings() {
        if (policy != TierPolicy.DYNAMIC_THRESHOLD) {
            throw new IllegalStateException(
                    policy + " has no thresholds to tune; begin with builder(" + TierPolicy.DYNAMIC_THRESHOLD + ")");
        }
        return settings;
    }

    /**
     * Builds a memory. Takes no memory from the kinds yet.
     *
     * @return a new memory, to be closed by the caller before the kinds are
     * @throws IllegalStateException if there is no tier, only one for {@link TierPolicy#DYNAMIC_THRESHOLD}, or a threshold is
     *     not between its limits, or the limits of two thresholds overlap; the builder can be corrected and used again
     */
    public TieredMemory build() {
        int least = policy == TierPolicy.DYNAMIC_THRESHOLD ? 2 : 1;
        if (entries.size() < least) {
            throw new IllegalStateException(policy + " needs " + least + " or more tiers, and has " + entries.size()
                    + "; call tier(kind, ratio)");
        }
        Tier[] tiers = new Tier[entries.size()];
        for (int i = 0; i < tiers.length; i++) {
            tiers[i] = new Tier(entries.get(i).kind, i, entries.get(i).ratio);
        }
        TierChooser chooser;
        if (policy == TierPolicy.DYNAMIC_THRESHOLD) {
            settings.check();
            chooser = new ThresholdChooser(tiers, settings);
        } else {
            chooser = new RatioChooser(tiers);
        }
        return new TieredMemory(name != null ? name : describe(), policy, exhaustion, tiers, chooser);
    }

    private String describe() {
        return entries.stream()
                .map(entry -> entry.kind.name() + ":" + entry.ratio)
                .collect(Collectors.joining(",", "tiered(", ")"));
    }
}
