package io.memkind.cli.replay.threaded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.memkind.cli.replay.step.EventRunner;
import io.memkind.cli.replay.step.ReferenceAllocator;
import io.memkind.cli.replay.step.ReplayException;
import io.memkind.cli.replay.step.ReplayProgress;
import io.memkind.cli.replay.step.VerifyingRunner;
import io.memkind.cli.trace.EventStore;
import io.memkind.cli.trace.EventWords;
import io.memkind.cli.trace.Operation;
import io.memkind.cli.trace.RandomTraces;
import io.memkind.cli.trace.Trace;
import io.memkind.cli.trace.TraceWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

// The limit is for a deadlock only.
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class ThreadedPassTest {
    private static final int EVENT_COUNT = 20_000;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 32})
    void eachObjectHasItsEventsInTheirOrder(int threadCount) {
        for (long seed = 0; seed < 4; seed++) {
            Trace trace = RandomTraces.trace(seed, EVENT_COUNT, threadCount);
            OrderRecorder recorder = new OrderRecorder();
            ThreadedPass.run(ThreadedProgram.of(trace, 100), recorder, new ReplayProgress());
            Map<Integer, List<OrderRecorder.Step>> done = new HashMap<>();
            recorder.steps()
                    .forEach(step -> done.computeIfAbsent(step.object(), object -> new ArrayList<>())
                            .add(step));
            assertThat(done).as("seed %d", seed).isEqualTo(stepsOf(trace));
        }
    }

    private static Map<Integer, List<OrderRecorder.Step>> stepsOf(Trace trace) {
        EventStore events = trace.events();
        int[] objects = new int[trace.slotCount()];
        int objectCount = 0;
        Map<Integer, List<OrderRecorder.Step>> steps = new HashMap<>();
        for (int event = 0; event < events.eventCount(); event++) {
            long head = events.head(event);
            int slot = EventWords.id(events.tail(event));
            int operation = EventWords.operation(head);
            if (!Operation.takesLiveObject(operation)) {
                objects[slot] = objectCount++;
            }
            steps.computeIfAbsent(objects[slot], object -> new ArrayList<>())
                    .add(new OrderRecorder.Step(objects[slot], operation, EventWords.byteSize(head)));
        }
        return steps;
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 8})
    void verifiedBlocksPassBetweenThreads(int threadCount) {
        for (long seed = 0; seed < 3; seed++) {
            Trace trace = RandomTraces.trace(seed, EVENT_COUNT, threadCount);
            ThreadedProgram program = ThreadedProgram.of(trace, 3000);
            try (ReferenceAllocator allocator = new ReferenceAllocator()) {
                EventRunner runner = new VerifyingRunner(allocator, program.objectCount(), true);
                ReplayProgress progress = new ReplayProgress();
                progress.expect(2L * EVENT_COUNT);
                long peakLiveBytes = ThreadedPass.measure(program, runner, progress);
                ThreadedPass.freeLive(program, runner);
                assertThat(peakLiveBytes).as("seed %d", seed).isPositive();
                assertThat(ThreadedPass.run(program, runner, progress)).isPositive();
                ThreadedPass.freeLive(program, runner);
                assertThat(progress.fraction()).isEqualTo(1.0);
            }
        }
    }

    @Test
    void onOneThreadThePeakIsThatOfTheTrace() {
        Trace trace = RandomTraces.trace(3, EVENT_COUNT, 1);
        ThreadedProgram program = ThreadedProgram.of(trace, 3000);
        long peakLiveBytes = ThreadedPass.measure(program, new OrderRecorder(), new ReplayProgress());
        assertThat(peakLiveBytes).isEqualTo(trace.peakLiveBytes());
    }

    @Test
    void nobodyRunsFarAhead() {
        int windowEventCount = 50;
        int threadCount = 3;
        Trace trace = withoutHandovers(threadCount, 3000);
        int[] eventNumbers = new int[trace.events().eventCount()];
        AtomicInteger doneCount = new AtomicInteger();
        EventRunner runner = new EventRunner() {
            @Override
            public void run(long[] words, int from, int to, int basePosition) {
                for (int event = from; event < to; event++) {
                    int object = EventWords.id(words[2 * event + 1]);
                    eventNumbers[object] = doneCount.getAndIncrement();
                    if (object % threadCount == 0) {
                        Thread.yield(); // the slowest one
                    }
                }
            }

            @Override
            public void freeAll(int[] ids) {}
        };
        ThreadedPass.run(ThreadedProgram.of(trace, windowEventCount), runner, new ReplayProgress());
        for (int object = 0; object < eventNumbers.length; object++) {
            int distance = Math.abs(eventNumbers[object] - object);
            assertThat(distance).as("object %d", object).isLessThanOrEqualTo(3 * windowEventCount);
        }
    }

    /** Event i is thread (i mod threads)'s allocation of object i. */
    private static Trace withoutHandovers(int threadCount, int eventCount) {
        TraceWriter writer = new TraceWriter();
        for (int event = 0; event < eventCount; event++) {
            writer.event(Operation.MALLOC, event % threadCount, event, 8);
        }
        return RandomTraces.read(writer);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10_000, EVENT_COUNT - 1})
    void aFailureEndsAllThreads(int failingCall) {
        Trace trace = RandomTraces.trace(4, EVENT_COUNT, 6);
        AtomicInteger callCount = new AtomicInteger();
        try (ReferenceAllocator allocator = new ReferenceAllocator() {
            @Override
            public synchronized long memalign(long byteAlignment, long byteSize) {
                if (callCount.incrementAndGet() >= failingCall / 4) {
                    throw new IllegalStateException("call " + failingCall);
                }
                return super.memalign(byteAlignment, byteSize);
            }
        }) {
            ThreadedProgram program = ThreadedProgram.of(trace, 200);
            EventRunner runner = new VerifyingRunner(allocator, program.objectCount(), true);
            assertThatThrownBy(() -> ThreadedPass.run(program, runner, new ReplayProgress()))
                    .isInstanceOf(ReplayException.class)
                    .hasMessageMatching("event \\d+: call " + failingCall);
        }
    }

    @Test
    void anErrorEndsAllThreadsToo() {
        Trace trace = RandomTraces.trace(4, EVENT_COUNT, 6);
        EventRunner runner = new EventRunner() {
            @Override
            public void run(long[] words, int from, int to, int basePosition) {
                throw new OutOfMemoryError("not really");
            }

            @Override
            public void freeAll(int[] ids) {}
        };
        assertThatThrownBy(() -> ThreadedPass.run(ThreadedProgram.of(trace, 200), runner, new ReplayProgress()))
                .isInstanceOf(OutOfMemoryError.class)
                .hasMessage("not really");
    }

    @Test
    void aTraceWithoutEventsIsDoneAtOnce() {
        Trace trace = RandomTraces.read(new TraceWriter());
        assertThat(ThreadedPass.run(ThreadedProgram.of(trace, 3000), new OrderRecorder(), new ReplayProgress()))
                .isZero();
    }
}
