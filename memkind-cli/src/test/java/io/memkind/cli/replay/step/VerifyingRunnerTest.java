package io.memkind.cli.replay.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.memkind.cli.replay.step.FaultyAllocator.Fault;
import io.memkind.cli.trace.Operation;
import io.memkind.cli.trace.RandomTraces;
import io.memkind.cli.trace.Trace;
import io.memkind.cli.trace.TraceWriter;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The verifier must find each fault, and nothing in an allocator that has none. */
final class VerifyingRunnerTest {
    private static final int SOUND_CALL_COUNT = 100;

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void findsTheFault(Fault fault) {
        for (long seed = 0; seed < 5; seed++) {
            Trace trace = RandomTraces.trace(seed, 5000, 1);
            try (FaultyAllocator allocator = new FaultyAllocator(fault, SOUND_CALL_COUNT)) {
                assertThatThrownBy(pass(trace, allocator))
                        .as("seed %d", seed)
                        .hasMessageContaining("verification failed: ")
                        .hasMessageContaining("of object ")
                        .hasMessageContaining(" at 0x")
                        .hasMessageContaining(fault.line())
                        .hasRootCauseInstanceOf(VerificationException.class);
            }
        }
    }

    @Test
    void findsNothingInASoundAllocator() throws Throwable {
        for (long seed = 0; seed < 5; seed++) {
            Trace trace = RandomTraces.trace(seed, 20_000, 1);
            try (FaultyAllocator allocator = new FaultyAllocator(Fault.NONE, 0)) {
                VerifyingRunner runner = new VerifyingRunner(allocator, trace.slotCount(), false);
                pass(trace, runner).call();
                assertThat(allocator.liveBlockCount()).as("seed %d", seed).isZero();
                pass(trace, runner).call();
            }
        }
    }

    @Test
    void namesEventObjectAndAddress() {
        TraceWriter writer = new TraceWriter()
                .event(Operation.MALLOC, 0, 0, 10)
                .event(Operation.MALLOC, 0, 1, 10)
                .free(0, 0)
                .event(Operation.CALLOC, 0, 0, 24);
        Trace trace = RandomTraces.read(writer);
        try (FaultyAllocator allocator = new FaultyAllocator(Fault.LAST_BYTE_NOT_ZEROED, 0)) {
            assertThatThrownBy(pass(trace, allocator))
                    .isInstanceOf(EventFailure.class)
                    .hasMessageMatching("verification failed: calloc of object 2, block of 24 bytes at 0x[0-9a-f]+:"
                            + " byte 23 should be 00, is ff")
                    .extracting(e -> ((EventFailure) e).position())
                    .isEqualTo(3);
        }
    }

    private static ThrowingCallable pass(Trace trace, BlockAllocator allocator) {
        return pass(trace, new VerifyingRunner(allocator, trace.slotCount(), false));
    }

    private static ThrowingCallable pass(Trace trace, EventRunner runner) {
        return () -> {
            EventRanges.run(trace.events(), 0, trace.events().eventCount(), runner);
            runner.freeAll(trace.liveSlots());
        };
    }
}
