package io.memkind.cli.replay.threaded;

import io.memkind.cli.replay.step.EventRunner;
import io.memkind.cli.trace.EventWords;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Runs nothing, but notes which events were run, in an order that agrees with that of each object. */
final class OrderRecorder implements EventRunner {
    /** An event of an object. */
    record Step(int object, int operation, long byteSize) {}

    private final ConcurrentLinkedQueue<Step> steps = new ConcurrentLinkedQueue<>();

    @Override
    public void run(long[] words, int from, int to, int basePosition) {
        for (int event = from; event < to; event++) {
            long head = words[2 * event];
            int object = EventWords.id(words[2 * event + 1]);
            steps.add(new Step(object, EventWords.operation(head), EventWords.byteSize(head)));
        }
    }

    @Override
    public void freeAll(int[] ids) {}

    Iterable<Step> steps() {
        return steps;
    }
}
