package io.memkind.cli.replay.threaded;

import io.memkind.cli.replay.step.EventFailure;
import io.memkind.cli.replay.step.EventRanges;
import io.memkind.cli.replay.step.EventRunner;
import io.memkind.cli.replay.step.ReplayException;
import io.memkind.cli.replay.step.ReplayProgress;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** One pass over a threaded program. An object of this class is for one pass only. */
public final class ThreadedPass {
    private final ThreadedProgram program;
    private final EventRunner runner;
    private final ReplayProgress progress;
    private final @Nullable LiveBytesTracker tracker;

    private final Thread[] threadArray;
    private final ReplayThreads threads;
    private final Handovers handovers;
    private final EventWindow window;
    private final CountDownLatch ready;
    private final CountDownLatch start = new CountDownLatch(1);
    private final long[] endNanos;

    private ThreadedPass(
            ThreadedProgram program, EventRunner runner, ReplayProgress progress, @Nullable LiveBytesTracker tracker) {
        int threadCount = program.threadCount();
        this.program = program;
        this.runner = runner;
        this.progress = progress;
        this.tracker = tracker;
        threadArray = new Thread[threadCount];
        threads = new ReplayThreads(threadArray);
        handovers = new Handovers(program.objectCount(), threads);
        window = new EventWindow(program.segmentCount(), threadCount, threads);
        ready = new CountDownLatch(threadCount);
        endNanos = new long[threadCount];
        for (int thread = 0; thread < threadCount; thread++) {
            int index = thread;
            threadArray[thread] =
                    Thread.ofPlatform().daemon().name("replay-" + thread).unstarted(() -> runThread(index));
        }
    }

    /**
     * Does the pass. Objects still live at its end stay.
     *
     * @param program the program
     * @param runner what runs events
     * @param progress told of finished events
     * @return nanoseconds from the common start to the end of the last thread
     */
    public static long run(ThreadedProgram program, EventRunner runner, ReplayProgress progress) {
        return new ThreadedPass(program, runner, progress, null).run();
    }

    /**
     * Does the pass and measures the live bytes. Objects still live at its end stay.
     *
     * @param program the program
     * @param runner what runs events
     * @param progress told of finished events
     * @return the greatest sum of the sizes of live objects that this pass reached
     */
    public static long measure(ThreadedProgram program, EventRunner runner, ReplayProgress progress) {
        LiveBytesTracker tracker = new LiveBytesTracker(program.objectCount());
        new ThreadedPass(program, runner, progress, tracker).run();
        return tracker.peakLiveBytes();
    }

    /**
     * Frees the objects that are live after a pass.
     *
     * @param program the program
     * @param runner what ran the pass
     */
    public static void freeLive(ThreadedProgram program, EventRunner runner) {
        runner.freeAll(program.liveObjects());
    }

    private long run() {
        int startedCount = startThreads();
        long startNanos = System.nanoTime();
        start.countDown();
        boolean interrupted = join(startedCount);
        Throwable failure = threads.failure();
        if (failure != null) {
            throw asException(failure);
        }
        if (interrupted) {
            throw new ReplayException("interrupted");
        }
        long nanos = 0;
        for (long end : endNanos) {
            nanos = Math.max(nanos, end - startNanos);
        }
        return nanos;
    }

    /** Returns how many threads were started: fewer than all, if the system has no more. */
    private int startThreads() {
        int startedCount = 0;
        try {
            while (startedCount < threadArray.length) {
                threadArray[startedCount].start();
                startedCount++;
            }
            ready.await();
        } catch (OutOfMemoryError e) {
            String message = "only " + startedCount + " of its " + threadArray.length + " threads could be started";
            threads.fail(new ReplayException(message, e));
        } catch (InterruptedException e) {
            threads.fail(new ReplayException("interrupted", e));
            Thread.currentThread().interrupt();
        }
        return startedCount;
    }

    /** Waits for the threads: they use the heap, which is closed after the pass. Returns whether it was interrupted. */
    private boolean join(int startedCount) {
        boolean interrupted = false;
        for (int thread = 0; thread < startedCount; thread++) {
            while (threadArray[thread].isAlive()) {
                try {
                    threadArray[thread].join();
                } catch (InterruptedException e) {
                    interrupted = true;
                    threads.fail(new ReplayException("interrupted", e));
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return interrupted;
    }

    private static RuntimeException asException(Throwable failure) {
        if (failure instanceof Error error) {
            throw error;
        }
        return failure instanceof RuntimeException exception
                ? exception
                : new ReplayException(String.valueOf(failure.getMessage()), failure);
    }

    private void runThread(int thread) {
        int segment = 0;
        try {
            ready.countDown();
            start.await();
            segment = runEvents(thread);
        } catch (PassEndedException e) {
            // another thread's failure is the one to tell
        } catch (EventFailure e) {
            threads.fail(e.atEvent(program.thread(thread).eventNumber(e.position())));
        } catch (Throwable e) { // whatever it is, the others must not wait for this thread for ever
            threads.fail(e);
        }
        endNanos[thread] = System.nanoTime();
        window.leave(segment, program.segmentCount());
    }

    /** Returns the segment of the last event. */
    private int runEvents(int thread) {
        ThreadProgram events = program.thread(thread);
        RunList runs = events.runs();
        int segment = 0;
        int toldPosition = 0;
        for (int run = 0; run < runs.runCount(); run++) {
            if (runs.segment(run) != segment) {
                threads.throwIfFailed();
                progress.advance(runs.position(run) - toldPosition);
                toldPosition = runs.position(run);
                window.enter(thread, segment, runs.segment(run));
                segment = runs.segment(run);
            }
            if (runs.awaitedObject(run) != RunList.NONE) {
                handovers.await(thread, runs.awaitedObject(run), runs.awaitedHandovers(run));
            }
            int end = events.endOf(run);
            EventRanges.run(events.events(), runs.position(run), end, runner);
            if (tracker != null) {
                tracker.account(events.events(), runs.position(run), end);
            }
            if (runs.signalledObject(run) != RunList.NONE) {
                handovers.signal(runs.signalledObject(run), runs.signalledThread(run));
            }
        }
        progress.advance(events.events().eventCount() - toldPosition);
        return segment;
    }
}
