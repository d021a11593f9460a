package io.memkind.internal.extent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class DecayCurveTest {
    @Test
    void keepsNothingOfNothing() {
        DecayCurve curve = new DecayCurve();
        for (int step = 0; step < 40; step++) {
            assertThat(curve.step(0)).isZero();
        }
    }

    @Test
    void letsAWaveGoSmoothlyAndWholly() {
        DecayCurve curve = new DecayCurve();
        long dirty = 1_000_000;
        long half = 0;
        for (int step = 1; step <= DecayCurve.STEPS; step++) {
            long kept = curve.step(dirty);
            assertThat(kept).as("kept after step %d", step).isLessThanOrEqualTo(dirty);
            /* The steepest step of the curve is 1.5 times the mean. */
            assertThat(dirty - kept).as("gone in step %d", step).isLessThanOrEqualTo(1_000_000 * 16 / 10 / 16);
            dirty = kept;
            half = step == DecayCurve.STEPS / 2 ? kept : half;
        }
        assertThat(half).isBetween(499_990L, 500_010L);
        assertThat(dirty).isZero();
    }

    @Test
    void lowersTheLimitWhenOthersTakeDirtyPages() {
        DecayCurve curve = new DecayCurve();
        curve.step(1000);

        assertThat(curve.step(10)).isLessThanOrEqualTo(10);
        assertThat(curve.step(0)).isZero();
    }

    @Test
    void keepsNeverMoreThanThereIsAndLetsAllGoInTime() {
        for (long seed = 1; seed <= 200; seed++) {
            Random random = new Random(seed);
            DecayCurve curve = new DecayCurve();
            long dirty = 0;
            for (int step = 0; step < 100; step++) {
                dirty = random.nextInt(3) == 0 ? random.nextInt(1 << random.nextInt(1, 30)) : dirty;
                long kept = curve.step(dirty);
                assertThat(kept).as("seed %d step %d", seed, step).isBetween(0L, dirty);
                dirty = kept;
            }
            for (int step = 0; step < DecayCurve.STEPS; step++) {
                long kept = curve.step(dirty);
                assertThat(kept).as("seed %d quiet step %d", seed, step).isBetween(0L, dirty);
                dirty = kept;
            }
            assertThat(dirty).as("left over, seed %d", seed).isZero();
        }
    }
}
