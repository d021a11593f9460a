package io.memkind.cli.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.memkind.Kinds;
import io.memkind.cli.replay.step.ReplayProgress;
import io.memkind.cli.trace.RandomTraces;
import io.memkind.cli.trace.Trace;
import io.memkind.cli.trace.TraceWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whole replays on the real heap. */
final class TraceReplayTest {
    private static final int EVENT_COUNT = 20_000;

    @ParameterizedTest(name = "threaded {0}, verifying {1}, touching {2}")
    @CsvSource({"false,true,true", "true,true,true", "false,false,true", "true,false,true", "false,false,false"})
    void replaysGeneratedTraces(boolean threaded, boolean verifying, boolean touching) {
        ReplayOptions options = new ReplayOptions(threaded, verifying, touching, 3);
        for (long seed = 0; seed < 3; seed++) {
            Trace trace = RandomTraces.trace(seed, EVENT_COUNT, 4);
            ReplayProgress progress = new ReplayProgress();
            ReplayResult result = new TraceReplay(Kinds.DEFAULT, options, progress).run(trace);
            assertThat(result.eventCount()).isEqualTo(EVENT_COUNT);
            assertThat(result.bestNanosPerEvent()).isPositive();
            assertThat(result.medianNanosPerEvent()).isGreaterThanOrEqualTo(result.bestNanosPerEvent());
            assertThat(result.peakLiveBytes()).isPositive();
            assertThat(result.peakResidentBytes()).isPositive();
            assertThat(result.residentAfterTrimBytes()).isLessThanOrEqualTo(result.residentAfterFreeBytes());
            assertThat(progress.fraction()).isEqualTo(1.0);
            if (!threaded) {
                assertThat(result.peakLiveBytes()).isEqualTo(trace.peakLiveBytes());
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"false", "true"})
    void replaysATraceWithoutEvents(boolean threaded) {
        ReplayOptions options = new ReplayOptions(threaded, false, true, 1);
        ReplayResult result =
                new TraceReplay(Kinds.DEFAULT, options, new ReplayProgress()).run(RandomTraces.read(new TraceWriter()));
        assertThat(result.medianNanosPerEvent()).isZero();
        assertThat(result.peakLiveBytes()).isZero();
    }
}
