package io.memkind.cli.replay.threaded;

import io.memkind.cli.trace.EventStore;
import io.memkind.cli.trace.EventWords;
import io.memkind.cli.trace.Operation;
import io.memkind.cli.trace.Trace;
import java.util.BitSet;

/**
 * A trace cut up for its threads, with slots renamed to one number per object: slots are used again across threads, and
 * would put threads in order that have nothing to do with each other.
 */
public final class ThreadedProgram {
    /** Each event may be a run of its own, and the fields of all runs of a thread are one array. */
    public static final int MAX_EVENT_COUNT = 1 << 28;

    private final ThreadProgram[] threads;
    private final int segmentCount;
    private final int objectCount;
    private final int[] liveObjects;

    private ThreadedProgram(ThreadProgram[] threads, int segmentCount, int objectCount, int[] liveObjects) {
        this.threads = threads;
        this.segmentCount = segmentCount;
        this.objectCount = objectCount;
        this.liveObjects = liveObjects;
    }

    /**
     * Cuts up a trace.
     *
     * @param trace the trace
     * @param windowEventCount the greatest part of it that threads may be apart is one to two times this
     * @return its program
     */
    public static ThreadedProgram of(Trace trace, int windowEventCount) {
        EventStore events = trace.events();
        int eventCount = events.eventCount();
        BitSet handovers = handovers(trace);
        ThreadProgram[] threads = emptyPrograms(trace);
        boolean[] runIsOpen = new boolean[threads.length];
        SlotOwners owners = new SlotOwners(trace.slotCount());
        int objectCount = 0;
        for (int event = 0; event < eventCount; event++) {
            long head = events.head(event);
            long tail = events.tail(event);
            int slot = EventWords.id(tail);
            int thread = EventWords.thread(head);
            RunList runs = threads[thread].runs();
            int position = threads[thread].events().eventCount();
            int segment = event / windowEventCount;
            if (!Operation.takesLiveObject(EventWords.operation(head))) {
                owners.replace(slot, objectCount++);
            }
            int object = owners.object(slot);
            if (owners.isOtherThread(slot, thread)) {
                threads[owners.thread(slot)].runs().signalAfter(owners.run(slot), object, thread);
                runs.add(position, segment, object, owners.countHandover(slot));
            } else if (!runIsOpen[thread] || runs.segment(runs.runCount() - 1) != segment) {
                runs.add(position, segment, RunList.NONE, 0);
            }
            threads[thread].add(event, head, EventWords.withId(tail, object));
            owners.own(slot, thread, runs.runCount() - 1);
            runIsOpen[thread] = !handovers.get(event);
        }
        int[] live = trace.liveSlots();
        for (int i = 0; i < live.length; i++) {
            live[i] = owners.object(live[i]);
        }
        for (ThreadProgram thread : threads) {
            thread.runs().trim();
        }
        return new ThreadedProgram(threads, eventCount / windowEventCount + 1, objectCount, live);
    }

    /** The events after which another thread goes on with the object. */
    private static BitSet handovers(Trace trace) {
        EventStore events = trace.events();
        BitSet handovers = new BitSet(events.eventCount());
        int[] lastEvents = new int[trace.slotCount()];
        for (int event = 0; event < events.eventCount(); event++) {
            long head = events.head(event);
            int slot = EventWords.id(events.tail(event));
            int last = lastEvents[slot];
            if (Operation.takesLiveObject(EventWords.operation(head))
                    && EventWords.thread(events.head(last)) != EventWords.thread(head)) {
                handovers.set(last);
            }
            lastEvents[slot] = event;
        }
        return handovers;
    }

    private static ThreadProgram[] emptyPrograms(Trace trace) {
        EventStore events = trace.events();
        int[] eventCounts = new int[trace.threadCount()];
        for (int event = 0; event < events.eventCount(); event++) {
            eventCounts[EventWords.thread(events.head(event))]++;
        }
        ThreadProgram[] threads = new ThreadProgram[eventCounts.length];
        for (int thread = 0; thread < threads.length; thread++) {
            threads[thread] = new ThreadProgram(eventCounts[thread]);
        }
        return threads;
    }

    int threadCount() {
        return threads.length;
    }

    ThreadProgram thread(int thread) {
        return threads[thread];
    }

    int segmentCount() {
        return segmentCount;
    }

    /**
     * The number of objects, which are numbered by their order of allocation in the trace.
     *
     * @return objects are 0 to this, exclusively
     */
    public int objectCount() {
        return objectCount;
    }

    int[] liveObjects() {
        return liveObjects;
    }

    /** Who had the object of a slot last, while the trace is cut up. */
    private static final class SlotOwners {
        private static final int NOBODY = -1;

        private final int[] objects;
        private final int[] threads;
        private final int[] runs;
        private final int[] handoverCounts;

        SlotOwners(int slotCount) {
            objects = new int[slotCount];
            threads = new int[slotCount];
            runs = new int[slotCount];
            handoverCounts = new int[slotCount];
        }

        void replace(int slot, int object) {
            objects[slot] = object;
            threads[slot] = NOBODY;
            handoverCounts[slot] = 0;
        }

        void own(int slot, int thread, int run) {
            threads[slot] = thread;
            runs[slot] = run;
        }

        boolean isOtherThread(int slot, int thread) {
            return threads[slot] != NOBODY && threads[slot] != thread;
        }

        int object(int slot) {
            return objects[slot];
        }

        int thread(int slot) {
            return threads[slot];
        }

        int run(int slot) {
            return runs[slot];
        }

        int countHandover(int slot) {
            return ++handoverCounts[slot];
        }
    }
}
