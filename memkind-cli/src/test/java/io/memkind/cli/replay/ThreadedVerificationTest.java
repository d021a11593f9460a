package io.memkind.cli.replay;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.memkind.cli.replay.step.FaultyAllocator;
import io.memkind.cli.replay.step.FaultyAllocator.Fault;
import io.memkind.cli.replay.step.ReplayException;
import io.memkind.cli.replay.step.ReplayProgress;
import io.memkind.cli.replay.step.VerifyingRunner;
import io.memkind.cli.replay.threaded.ThreadedPass;
import io.memkind.cli.replay.threaded.ThreadedProgram;
import io.memkind.cli.trace.Operation;
import io.memkind.cli.trace.RandomTraces;
import io.memkind.cli.trace.Trace;
import io.memkind.cli.trace.TraceWriter;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Faults are found with many threads at work too, and end all of them. */
// The limit is for a deadlock only.
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class ThreadedVerificationTest {
    private static final int SOUND_CALL_COUNT = 300;

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.INCLUDE,
            names = {"NULL_ADDRESS", "MISALIGNED_BY_EIGHT", "ASKED_ALIGNMENT_MISSED", "LAST_BYTE_NOT_ZEROED"})
    void findsTheFault(Fault fault) {
        for (long seed = 0; seed < 3; seed++) {
            assertFound(fault, RandomTraces.trace(seed, 10_000, 6));
        }
    }

    /** Without frees, so that the block that is given out again is sure to be live. */
    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.INCLUDE,
            names = {"SAME_BLOCK_TWICE", "OVERLAP_OF_THE_LAST_BYTES"})
    void findsOverlaps(Fault fault) {
        TraceWriter writer = new TraceWriter();
        for (int event = 0; event < 10_000; event++) {
            writer.event(Operation.MALLOC, event % 6, event, 24 + event % 100);
        }
        assertFound(fault, RandomTraces.read(writer));
    }

    private static void assertFound(Fault fault, Trace trace) {
        try (FaultyAllocator allocator = new FaultyAllocator(fault, SOUND_CALL_COUNT)) {
            ThreadedProgram program = ThreadedProgram.of(trace, 3000);
            VerifyingRunner runner = new VerifyingRunner(allocator, program.objectCount(), true);
            assertThatThrownBy(() -> ThreadedPass.run(program, runner, new ReplayProgress()))
                    .isInstanceOf(ReplayException.class)
                    .hasMessageMatching("event \\d+: verification failed: .* of object \\d+, block of \\d+ bytes at .*")
                    .hasMessageContaining(fault.line().replace(" object", ""));
        }
    }
}
