package io.memkind.internal.heap;

import io.memkind.internal.log.Log;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The one daemon thread of the process that gives memory back with time: every heap gets a step of its poolss' decay curve
 * in each sixteenth of its decay time, and every few steps its idle shards are looked through.
 */
final class Decayer implements Runnable {
    private static final int STEPS = 16;
    private static final int STEPS_PER_SHARD_ROUND = 4;
    private static final long MIN_PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private static final CopyOnWriteArrayList<Schedule> SCHEDULES = new CopyOnWriteArrayList<>();
    private static @Nullable Thread thread;

    private Decayer() {}

    private static final class Schedule {
        final Heap heap;
        final long periodNanos;
        long nextNanos;
        int steps;
        /* Guarded by this. */
        boolean removed;

        Schedule(Heap heap) {
            this.heap = heap;
            this.periodNanos = Math.max(MIN_PERIOD_NANOS, heap.options().decay().toNanos() / STEPS);
            this.nextNanos = System.nanoTime() + periodNanos;
        }
    }

    static synchronized void add(Heap heap) {
        if (heap.options().hogMemory()) {
            return;
        }
        SCHEDULES.add(new Schedule(heap));
        if (thread == null) {
            Thread started = new Thread(new Decayer(), "memkind-decay");
            started.setDaemon(true);
            started.start();
            thread = started;
        } else {
            LockSupport.unpark(thread);
        }
    }

    /** No step for the heap is in progress, or begins, after this. */
    static void remove(Heap heap) {
        for (Schedule schedule : SCHEDULES) {
            if (schedule.heap == heap) {
                SCHEDULES.remove(schedule);
                synchronized (schedule) {
                    schedule.removed = true;
                }
            }
        }
    }

    @Override
    public void run() {
        Log.debug(() -> "Thread " + Thread.currentThread().getName() + " gives memory back");
        while (true) {
            long now = System.nanoTime();
            long waitNanos = TimeUnit.MINUTES.toNanos(1);
            for (Schedule schedule : SCHEDULES) {
                if (schedule.nextNanos - now <= 0) {
                    step(schedule);
                    schedule.nextNanos = now + schedule.periodNanos;
                }
                waitNanos = Math.min(waitNanos, schedule.nextNanos - now);
            }
            LockSupport.parkNanos(this, waitNanos);
        }
    }

    private static void step(Schedule schedule) {
        synchronized (schedule) {
            if (!schedule.removed) {
                stepOpen(schedule);
            }
        }
    }

    private static void stepOpen(Schedule schedule) {
        try {
            if (++schedule.steps % STEPS_PER_SHARD_ROUND == 0) {
                schedule.heap.giveBackIdle();
            }
            schedule.heap.pools().decayStep();
        } catch (RuntimeException | OutOfMemoryError e) {
            Log.warning("giving memory back failed", e);
        }
    }
}
