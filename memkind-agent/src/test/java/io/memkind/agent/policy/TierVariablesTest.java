package io.memkind.agent.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.memkind.agent.policy.TargetSpec.OfFile;
import io.memkind.agent.policy.TargetSpec.OfKind;
import io.memkind.agent.policy.TargetSpec.OfTiers;
import io.memkind.agent.policy.TargetSpec.Share;
import io.memkind.tier.TierPolicy;
import io.memkind.tier.TierThreshold;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every form that the C library takes or refuses, by its test suite and by trial. */
class TierVariablesTest {
    private static final String TWO = "KIND:DRAM,RATIO:1;KIND:KMEM_DAX,RATIO:4;POLICY:";

    private static OfTiers tiers(String text) {
        AllocationPolicy policy = TierVariables.parse(text, null);
        assertThat(policy.rules()).isEmpty();
        assertThat(policy.onFailure()).isEqualTo(FailureAction.THROW);
        return (OfTiers) policy.targets().get(policy.otherwise());
    }

    @Test
    void takesTiersInTheirOrder() {
        OfTiers spec = tiers(TWO + "STATIC_RATIO");

        assertThat(spec.policy()).isEqualTo(TierPolicy.STATIC_RATIO);
        assertThat(spec.shares())
                .containsExactly(
                        new Share(new OfKind("memkind_default", 0), 1),
                        new Share(new OfKind("memkind_dax_kmem", 0), 4));
        assertThat(spec.thresholds()).isEmpty();
    }

    @Test
    void takesParametersInAnyOrderAndSeveralFiles() {
        OfTiers spec = tiers("RATIO:2,KIND:DRAM;PMEM_SIZE_LIMIT:1G,PATH:/a b,RATIO:3,KIND:FS_DAX;"
                + "KIND:FS_DAX,PATH:/c,RATIO:5;POLICY:DYNAMIC_THRESHOLD");

        assertThat(spec.policy()).isEqualTo(TierPolicy.DYNAMIC_THRESHOLD);
        assertThat(spec.shares())
                .containsExactly(
                        new Share(new OfKind("memkind_default", 0), 2),
                        new Share(new OfFile(Path.of("/a b"), 1L << 30), 3),
                        new Share(new OfFile(Path.of("/c"), 0), 5));
    }

    @ParameterizedTest
    @CsvSource({"1,1", "4294967295,4294967295", "0x10,16", "010,8", "1abc,1", "0X1fz,31"})
    void takesRatiosAsStrtoulDoes(String text, long ratio) {
        assertThat(tiers("KIND:DRAM,RATIO:" + text + ";POLICY:STATIC_RATIO").shares())
                .containsExactly(new Share(new OfKind("memkind_default", 0), ratio));
    }

    @ParameterizedTest
    @CsvSource({
        "0,0",
        "16777216,16777216",
        "16M,16777216",
        "16384K,16777216",
        "2G,2147483648",
        "18446744073709551615,0",
        "9223372036854775808,0"
    })
    void takesLimits(String text, long bytes) {
        assertThat(tiers("KIND:FS_DAX,PATH:/p,RATIO:1,PMEM_SIZE_LIMIT:" + text + ";POLICY:STATIC_RATIO")
                        .shares())
                .containsExactly(new Share(new OfFile(Path.of("/p"), bytes), 1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ";",
                "POLICY:STATIC_RATIO",
                "KIND:DRAM,RATIO:1",
                "KIND:DRAM,RATIO:1;",
                "KIND:DRAM,RATIO:1;POLICY:STATIC_RATIO;",
                "POLICY:STATIC_RATIO;KIND:DRAM,RATIO:1",
                "KIND:DRAM,RATIO:1;POLICY:STATIC_RATIO;POLICY:STATIC_RATIO",
                "KIND:DRAM,RATIO:1;POLICY:STATIC_THRESHOLD",
                "KIND:DRAM,RATIO:1;POLICY:static_ratio",
                "KIND:DRAM,RATIO:1;POLICY:",
                "KIND:DRAM,RATIO:1;POLICY:DYNAMIC_THRESHOLD",
                "kind:DRAM,RATIO:1;POLICY:STATIC_RATIO",
                "KIND:dram,RATIO:1;POLICY:STATIC_RATIO",
                "KIND:HBW,RATIO:1;POLICY:STATIC_RATIO",
                "KIND:DRAM;POLICY:STATIC_RATIO",
                "RATIO:1;POLICY:STATIC_RATIO",
                "KIND:DRAM,RATIO:1,;POLICY:STATIC_RATIO",
                "KIND:DRAM,,RATIO:1;POLICY:STATIC_RATIO",
                "KIND:DRAM,RATIO:1;;POLICY:STATIC_RATIO",
                "KIND:DRAM,RATIO:1,RATIO:1;POLICY:STATIC_RATIO",
                "KIND:DRAM,KIND:DRAM,RATIO:1;POLICY:STATIC_RATIO",
                "KIND:DRAM,RATIO:1;KIND:DRAM,RATIO:2;POLICY:STATIC_RATIO",
                "KIND:KMEM_DAX,RATIO:1;KIND:KMEM_DAX,RATIO:2;POLICY:STATIC_RATIO",
                "KIND:DRAM,RATIO:1,PATH:/tmp;POLICY:STATIC_RATIO",
                "KIND:DRAM,RATIO:1,PMEM_SIZE_LIMIT:1G;POLICY:STATIC_RATIO",
                "KIND:FS_DAX,RATIO:1;POLICY:STATIC_RATIO",
                "KIND:DRAM,RATIO:1,COLOUR:red;POLICY:STATIC_RATIO",
                "KIND=DRAM,RATIO:1;POLICY:STATIC_RATIO",
                " KIND:DRAM,RATIO:1;POLICY:STATIC_RATIO"
            })
    void refusesOtherTiers(String text) {
        assertThatThrownBy(() -> TierVariables.parse(text, null))
                .isInstanceOf(PolicyException.class)
                .hasMessageStartingWith("MEMKIND_MEM_TIERS: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "abc", "", "4294967296", "0x", "99999999999999999999", "x1"})
    void refusesOtherRatios(String text) {
        assertThatThrownBy(() -> TierVariables.parse("KIND:DRAM,RATIO:" + text + ";POLICY:STATIC_RATIO", null))
                .isInstanceOf(PolicyException.class)
                .hasMessageContaining("RATIO:" + text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10K1",
                "M",
                "10KM",
                "as",
                "1g",
                "16m",
                "-16777216",
                "18446744073709551616",
                "",
                "1",
                "15M",
                "16777215"
            })
    void refusesOtherLimits(String text) {
        String tiers = "KIND:FS_DAX,PATH:/p,RATIO:1,PMEM_SIZE_LIMIT:" + text + ";POLICY:STATIC_RATIO";
        assertThatThrownBy(() -> TierVariables.parse(tiers, null))
                .isInstanceOf(PolicyException.class)
                .hasMessageContaining("PMEM_SIZE_LIMIT:" + text);
    }

    private static OfTiers dynamic(String thresholds) {
        AllocationPolicy policy = TierVariables.parse(TWO + "DYNAMIC_THRESHOLD", thresholds);
        return (OfTiers) policy.targets().get(policy.otherwise());
    }

    @Test
    void takesThresholdsAndTheUsualValuesForWhatIsMissing() {
        assertThat(dynamic("INIT_VAL:64,MIN_VAL:1,MAX_VAL:10000").thresholds())
                .containsExactlyEntriesOf(java.util.Map.of(0, new TierThreshold(64, 1, 10000)));
        assertThat(dynamic("MAX_VAL:2K").thresholds())
                .containsExactlyEntriesOf(java.util.Map.of(0, new TierThreshold(1024, 512, 2048)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "INIT_VAL:64;INIT_VAL:128",
                "INIT_VAL:64;",
                "INIT_VAL=64",
                "INIT_VAL:64,INIT_VAL:64",
                "INIT_VAL:-1",
                "INIT_VAL:x",
                "VAL:64",
                "init_val:64"
            })
    void refusesOtherThresholds(String text) {
        assertThatThrownBy(() -> dynamic(text))
                .isInstanceOf(PolicyException.class)
                .hasMessageStartingWith("MEMKIND_MEM_THRESHOLDS: ");
    }

    @Test
    void refusesThresholdsOfAnotherPolicy() {
        assertThatThrownBy(() -> TierVariables.parse(TWO + "STATIC_RATIO", "INIT_VAL:64"))
                .isInstanceOf(PolicyException.class)
                .hasMessageContaining("DYNAMIC_THRESHOLD only");
    }

    @Test
    void takesLogLevels() {
        assertThat(TierVariables.logLevel(null)).isZero();
        assertThat(TierVariables.logLevel("0")).isZero();
        assertThat(TierVariables.logLevel("1")).isEqualTo(1);
        assertThat(TierVariables.logLevel("2")).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"3", "-1", "", "x", "1 "})
    void refusesOtherLogLevels(String text) {
        assertThatThrownBy(() -> TierVariables.logLevel(text))
                .isInstanceOf(PolicyException.class)
                .hasMessageContaining("MEMKIND_MEM_TIERING_LOG_LEVEL: '" + text + "'");
    }
}
