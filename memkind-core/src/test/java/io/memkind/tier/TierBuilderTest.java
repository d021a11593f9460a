package io.memkind.tier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.memkind.Kinds;
import io.memkind.MemoryKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TierBuilderTest {
    private static final String PREFIX = "policy.dynamic_threshold.";

    private final TestTiers tiers = new TestTiers();
    private final TierBuilder dynamic = TieredMemory.builder(TierPolicy.DYNAMIC_THRESHOLD)
            .tier(tiers.kind(), 1)
            .tier(tiers.kind(), 2)
            .tier(tiers.kind(), 4);

    @AfterEach
    void close() {
        tiers.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, 1L << 32, Long.MIN_VALUE, Long.MAX_VALUE})
    void ratiosOutOfRangeAreRefused(long ratio) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> dynamic.tier(Kinds.DEFAULT, ratio))
                .withMessageContainingAll("ratio " + ratio, "memkind_default", "1..4294967295");
    }

    @Test
    void aKindIsATierOnce() {
        dynamic.tier(Kinds.DEFAULT, 1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> dynamic.tier(Kinds.DEFAULT, 2))
                .withMessageContainingAll("memkind_default", "already");
    }

    @Test
    void thereIsAMostOfTiers() {
        TierBuilder builder = TieredMemory.builder(TierPolicy.STATIC_RATIO);
        for (int i = 0; i < TierBuilder.MAX_TIERS; i++) {
            builder.tier(tiers.kind(), 1);
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.tier(Kinds.DEFAULT, 1))
                .withMessageContaining("254 tiers");
        TieredMemory memory = tiers.build(builder);
        for (int i = 0; i < 254; i++) {
            assertThat(memory.tierOf(memory.malloc(100))).hasValue(i);
        }
    }

    @Test
    void tiersAreNeeded() {
        assertThatIllegalStateException()
                .isThrownBy(() -> TieredMemory.builder(TierPolicy.STATIC_RATIO).build())
                .withMessageContainingAll("STATIC_RATIO needs 1", "has 0", "tier(kind, ratio)");
        TierBuilder one = TieredMemory.builder(TierPolicy.DYNAMIC_THRESHOLD).tier(Kinds.DEFAULT, 1);
        assertThatIllegalStateException()
                .isThrownBy(one::build)
                .withMessageContainingAll("DYNAMIC_THRESHOLD needs 2", "has 1");
        tiers.build(one.tier(Kinds.REGULAR, 1));
    }

    @Test
    void thresholdsHaveTheDefaultsOfTheCLibrary() {
        assertThat(tiers.build(dynamic).thresholds())
                .containsExactly(new TierThreshold(1024, 512, 1535), new TierThreshold(2048, 1536, 2559));
    }

    @Test
    void aTierThatIsAddedLeavesEarlierThresholdsAlone() {
        dynamic.threshold(0, 100, 50, 200).tier(tiers.kind(), 1);
        assertThat(tiers.build(dynamic).thresholds())
                .containsExactly(
                        new TierThreshold(100, 50, 200),
                        new TierThreshold(2048, 1536, 2559),
                        new TierThreshold(3072, 2560, 3583));
    }

    @Test
    void settersAndNamesSetTheSame() {
        TierBuilder named = TieredMemory.builder(TierPolicy.DYNAMIC_THRESHOLD)
                .tier(tiers.kind(), 1)
                .tier(tiers.kind(), 1)
                .ctl(PREFIX + "thresholds[0].val", 600)
                .ctl(PREFIX + "thresholds[0].min", "1")
                .ctl(PREFIX + "thresholds[0].max", 100_000_000_000L)
                .ctl(PREFIX + "check_cnt", 1)
                .ctl(PREFIX + "trigger", 0.5f)
                .ctl(PREFIX + "degree", "1e-1");
        TieredMemory memory = tiers.build(named);
        assertThat(memory.thresholds()).containsExactly(new TierThreshold(600, 1, 100_000_000_000L));
        memory.malloc(1000);
        assertThat(memory.thresholds().getFirst().value()).as("degree 0.1").isEqualTo(660);
        memory.malloc(100);
        memory.malloc(499);
        assertThat(memory.thresholds().getFirst().value()).as("1000 beside 599").isEqualTo(726);
        memory.malloc(300);
        assertThat(memory.thresholds().getFirst().value()).as("trigger 0.5").isEqualTo(726);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "policy",
                PREFIX,
                PREFIX + "threshold[0].val",
                PREFIX + "thresholds.val",
                PREFIX + "thresholds[].val",
                PREFIX + "thresholds[-1].val",
                PREFIX + "thresholds[0]",
                PREFIX + "thresholds[0].value",
                PREFIX + "thresholds[0].val ",
                PREFIX + "thresholds[0].val x",
                PREFIX + "thresholds[0x0].val",
                PREFIX + "check_count",
                PREFIX + "Degree",
                "policy.static_ratio.trigger",
                " " + PREFIX + "degree"
            })
    void namesThatDoNotExistAreRefused(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> dynamic.ctl(name, 1))
                .withMessageContaining("there is no property " + name)
                .withMessageContaining(PREFIX + "check_cnt");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2", "3", "999999999"})
    void thresholdsOfTiersThatAreNotThereAreRefused(String index) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> dynamic.ctl(PREFIX + "thresholds[" + index + "].val", 1))
                .withMessageContainingAll("no threshold " + index, "3 tiers", "add the tiers first");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> dynamic.threshold(Integer.parseInt(index), 2, 1, 3))
                .withMessageContaining("no threshold " + index);
        assertThatIllegalArgumentException().isThrownBy(() -> dynamic.threshold(-1, 2, 1, 3));
    }

    @ParameterizedTest
    @CsvSource({
        "check_cnt, 0, check count 0",
        "check_cnt, -1, check count -1",
        "check_cnt, 2147483648, check count 2147483648",
        "check_cnt, 1.5, whole number",
        "check_cnt, x, not \"x\"",
        "check_cnt, '', not \"\"",
        "trigger, -0.1, trigger -0.1",
        "trigger, 1e999, trigger Infinity",
        "trigger, NaN, not \"NaN\"",
        "degree, -1e-9, degree -1.0E-9",
        "thresholds[0].val, -1, negative",
        "thresholds[0].min, 9223372036854775808, whole number",
        "thresholds[1].max, 1K, not \"1K\""
    })
    void valuesOutOfRangeAreRefused(String name, String value, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> dynamic.ctl(PREFIX + name, value))
                .withMessageContaining(message);
        assertThat(tiers.build(dynamic).thresholds().getFirst()).isEqualTo(new TierThreshold(1024, 512, 1535));
    }

    @Test
    void settersRefuseWhatNamesRefuse() {
        assertThatIllegalArgumentException().isThrownBy(() -> dynamic.checkCount(0));
        assertThatIllegalArgumentException().isThrownBy(() -> dynamic.trigger(Double.NaN));
        assertThatIllegalArgumentException().isThrownBy(() -> dynamic.trigger(Double.POSITIVE_INFINITY));
        assertThatIllegalArgumentException().isThrownBy(() -> dynamic.degree(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> dynamic.threshold(0, 1, -1, 2));
        assertThatIllegalArgumentException().isThrownBy(() -> dynamic.name(" "));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1024, 1025, 1535, not between",
        "0, 1024, 512, 1023, not between",
        "1, 10, 20, 5, not between",
        "0, 1024, 512, 1537, overlap",
        "1, 2000, 1534, 2559, overlap"
    })
    void thresholdsThatContradictEachOtherAreRefusedAtTheEnd(
            int index, long value, long min, long max, String message) {
        dynamic.threshold(index, value, min, max);
        assertThatIllegalStateException()
                .isThrownBy(dynamic::build)
                .withMessageContainingAll(message, "threshold " + index);
        TierThreshold good = TierThreshold.byDefault(index);
        dynamic.threshold(index, good.value(), good.min(), good.max());
        assertThat(tiers.build(dynamic).thresholds()).hasSize(2);
    }

    @Test
    void limitsMayTouch() {
        dynamic.threshold(0, 1024, 512, 1536);
        assertThat(tiers.build(dynamic).thresholds().getFirst().max()).isEqualTo(1536);
    }

    @Test
    void aStaticRatioHasNothingToTune() {
        TierBuilder fixed = TieredMemory.builder(TierPolicy.STATIC_RATIO)
                .tier(tiers.kind(), 1)
                .tier(tiers.kind(), 1);
        assertThatIllegalStateException()
                .isThrownBy(() -> fixed.ctl(PREFIX + "degree", 1))
                .withMessageContainingAll("STATIC_RATIO has no thresholds", "DYNAMIC_THRESHOLD");
        assertThatIllegalStateException().isThrownBy(() -> fixed.checkCount(1));
        assertThatIllegalStateException().isThrownBy(() -> fixed.trigger(1));
        assertThatIllegalStateException().isThrownBy(() -> fixed.degree(1));
        assertThatIllegalStateException().isThrownBy(() -> fixed.threshold(0, 1, 1, 1));
    }

    @Test
    void aMemoryTellsWhatItWasBuiltOf() {
        MemoryKind kind = tiers.kind();
        TieredMemory memory = tiers.build(TieredMemory.builder(TierPolicy.STATIC_RATIO)
                .tier(Kinds.DEFAULT, 3)
                .tier(kind, 1)
                .onExhausted(TierExhaustion.NEXT_TIER));
        assertThat(memory).hasToString("tiered(memkind_default:3," + kind.name() + ":1)");
        assertThat(memory.kinds()).containsExactly(Kinds.DEFAULT, kind);
        assertThat(memory.policy()).isEqualTo(TierPolicy.STATIC_RATIO);
        assertThat(memory.exhaustion()).isEqualTo(TierExhaustion.NEXT_TIER);
        assertThat(memory.statistics())
                .containsExactly(
                        new TierStatistics(Kinds.DEFAULT, 3, 0, 0, 0, 0), new TierStatistics(kind, 1, 0, 0, 0, 0));
        assertThat(tiers.build(dynamic.name("cache")).name()).isEqualTo("cache");
        assertThat(tiers.build(dynamic).exhaustion()).isEqualTo(TierExhaustion.FAIL);
    }
}
