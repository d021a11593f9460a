package io.memkind.cli.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TierRatioTest {
    /* The cases of the memtier command's own tests. */
    @ParameterizedTest
    @CsvSource({
        "1,1,1,1",
        "512,4096,1,8",
        "549755813888,4398046511104,1,8",
        "1000017,3000000,1,3",
        "21474836480,53687091200,2,5",
        "740,500,3,2",
        "259872501760,128835989504,2,1"
    })
    void simplifiesCapacitiesAsMemtierDoes(long ordinary, long dax, long first, long second) {
        assertThat(TierRatio.ofCapacities(ordinary, dax)).isEqualTo(new TierRatio(first, second));
        assertThat(TierRatio.ofCapacities(dax, ordinary)).isEqualTo(new TierRatio(second, first));
    }

    @Test
    void isWithinFivePercentForAnyCapacities() {
        Random random = new Random(3);
        for (int i = 0; i < 10_000; i++) {
            long ordinary = random.nextLong(1, 1L << random.nextInt(1, 45));
            long dax = random.nextLong(1, 1L << random.nextInt(1, 45));
            if (Math.max(ordinary, dax) / Math.min(ordinary, dax) >= 1L << 32) {
                continue;
            }
            TierRatio ratio = TierRatio.ofCapacities(ordinary, dax);
            double exact = (double) ordinary / dax;
            assertThat((double) ratio.ordinary() / ratio.dax()).isBetween(exact * 0.94, exact * 1.06);
        }
    }

    @Test
    void understandsTwoNumbers() {
        assertThat(TierRatio.parse("1:4").tiers(false))
                .isEqualTo("KIND:DRAM,RATIO:1;KIND:KMEM_DAX,RATIO:4;POLICY:STATIC_RATIO");
        assertThat(TierRatio.parse("1:4").tiers(true)).endsWith("POLICY:DYNAMIC_THRESHOLD");
        assertThat(TierRatio.parse("3:0").tiers(false)).isEqualTo("KIND:DRAM,RATIO:3;POLICY:STATIC_RATIO");
        assertThat(TierRatio.parse("0:3").tiers(false)).isEqualTo("KIND:KMEM_DAX,RATIO:3;POLICY:STATIC_RATIO");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1",
                "1:",
                ":1",
                "1:2:3",
                "1.5:1",
                "1:-1",
                "a:b",
                "0:0",
                "4294967296:1",
                "1:1152921504606846977",
                "1 : 2"
            })
    void refusesOthers(String text) {
        assertThatThrownBy(() -> TierRatio.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(text);
    }
}
