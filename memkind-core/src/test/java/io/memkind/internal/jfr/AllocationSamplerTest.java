package io.memkind.internal.jfr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.memkind.Seeds;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AllocationSamplerTest {
    /* Over n allocations, the sum of the weights is off by a share of sqrt((1 - p) / (p n)), one standard deviation. */
    @ParameterizedTest
    @ValueSource(longs = {1, 16, 100, 4096, 65_536, 524_288, 4 << 20, 1L << 40})
    void theExpectedWeightIsTheSize(long byteSize) {
        Random random = Seeds.random(Long.numberOfTrailingZeros(byteSize));
        int allocations = 2_000_000;
        double weight = 0;
        for (int i = 0; i < allocations; i++) {
            weight += AllocationSampler.weigh(byteSize, random.nextDouble());
        }
        double probability = -Math.expm1(-(double) byteSize / AllocationSampler.INTERVAL_BYTES);
        double deviation = Math.sqrt((1 - probability) / (probability * allocations));
        assertThat(weight / allocations / byteSize).isEqualTo(1, within(5 * deviation + 1e-5));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 4096, 1 << 20, 1L << 40, 1L << 47})
    void aSampleStandsForItselfAtLeast(long byteSize) {
        assertThat(AllocationSampler.weigh(byteSize, 0)).isGreaterThanOrEqualTo(byteSize);
        assertThat(AllocationSampler.weigh(byteSize, Math.nextDown(1.0))).isIn(0L, byteSize);
    }
}
