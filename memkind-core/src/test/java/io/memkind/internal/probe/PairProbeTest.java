package io.memkind.internal.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.memkind.Seeds;
import io.memkind.internal.os.CpuAffinity;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PairProbeTest {
    private static final CpuAffinity ANYWHERE = new CpuAffinity() {
        @Override
        public int get(BitSet cpus) {
            return 0;
        }

        @Override
        public int set(BitSet cpus) {
            return 0;
        }
    };

    private final SimulatedNodes nodes = new SimulatedNodes();

    @Test
    void aLoadTakesTheTimeOfARoundByItsLoads() throws Exception {
        AtomicInteger rounds = new AtomicInteger();
        try (PinnedWorkers workers = PinnedWorkers.start(ANYWHERE, List.of(0));
                BoundBuffer buffer = BoundBuffer.map(nodes, 2 << 20, 0, true)) {
            PointerChase chase = new PointerChase(buffer.address(), PointerChase.cycle(2 << 20 >> 6, Seeds.random(0)));
            PairProbe probe = new PairProbe(new TickingClock(100 * 2048), workers, 1_000_000, rounds::incrementAndGet);

            assertThat(probe.latencyNanos(chase)).isEqualTo(100);
        }
        assertThat(rounds).hasValue(1 + PairProbe.TIMED_ROUND_COUNT);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void threadsAddUp(int threadCount) throws Exception {
        List<Integer> cpus = List.of(0, 1, 2, 3).subList(0, threadCount);
        try (PinnedWorkers workers = PinnedWorkers.start(ANYWHERE, cpus);
                BoundBuffer buffer = BoundBuffer.map(nodes, 2 << 20, 0, true)) {
            // a chunk of 256 KiB in a millisecond: 250 MiB/s
            PairProbe probe = new PairProbe(new TickingClock(1_000_000), workers, 5_000_000, () -> {});

            assertThat(probe.bandwidthMiBps(buffer)).isEqualTo(250L * threadCount);
        }
    }

    @Test
    void isNeverZero() throws Exception {
        try (PinnedWorkers workers = PinnedWorkers.start(ANYWHERE, List.of(0));
                BoundBuffer buffer = BoundBuffer.map(nodes, 2 << 20, 0, true)) {
            PointerChase chase = new PointerChase(buffer.address(), new int[] {0});

            assertThat(new PairProbe(new TickingClock(1), workers, 3, () -> {}).latencyNanos(chase))
                    .isEqualTo(1);
            assertThat(new PairProbe(new TickingClock(1L << 40), workers, 3, () -> {}).bandwidthMiBps(buffer))
                    .isEqualTo(1);
        }
    }
}
