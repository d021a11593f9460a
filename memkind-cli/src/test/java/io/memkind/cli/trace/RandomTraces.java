package io.memkind.cli.trace;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;

/** Valid traces, the same for the same seed. */
public final class RandomTraces {
    private static final long[] ALIGNMENTS = {8, 64, 64, 256, 4096, 16384};

    private RandomTraces() {}

    public static TraceWriter writer(long seed, int eventCount, int threadCount) {
        Random random = new Random(seed);
        TraceWriter writer = new TraceWriter();
        TreeSet<Integer> empty = new TreeSet<>();
        List<Integer> full = new ArrayList<>();
        int slotCount = 0;
        int seenThreadCount = 0;
        for (int event = 0; event < eventCount; event++) {
            int thread = random.nextInt(Math.min(threadCount, seenThreadCount + 1));
            seenThreadCount = Math.max(seenThreadCount, thread + 1);
            boolean shrinking = event / 500 % 3 == 2;
            int choice = random.nextInt(10);
            if (!full.isEmpty() && choice < (shrinking ? 7 : 4)) {
                int slot = full.remove(random.nextInt(full.size()));
                empty.add(slot);
                writer.free(thread, slot);
            } else if (!full.isEmpty() && choice == 8) {
                writer.event(Operation.REALLOC, thread, full.get(random.nextInt(full.size())), byteSize(random));
            } else {
                int slot = empty.isEmpty() ? slotCount++ : empty.pollFirst();
                full.add(slot);
                allocate(writer, random, thread, slot);
            }
        }
        return writer;
    }

    private static void allocate(TraceWriter writer, Random random, int thread, int slot) {
        int operation = List.of(Operation.MALLOC, Operation.MALLOC, Operation.CALLOC, Operation.ALIGNED)
                .get(random.nextInt(4));
        if (operation == Operation.ALIGNED) {
            writer.aligned(thread, slot, byteSize(random), ALIGNMENTS[random.nextInt(ALIGNMENTS.length)]);
        } else {
            writer.event(operation, thread, slot, byteSize(random));
        }
    }

    private static long byteSize(Random random) {
        return switch (random.nextInt(20)) {
            case 0 -> 1 + random.nextInt(100_000);
            case 1, 2, 3 -> 1 + random.nextInt(4_000);
            default -> 1 + random.nextInt(200);
        };
    }

    public static Trace trace(long seed, int eventCount, int threadCount) {
        return read(writer(seed, eventCount, threadCount));
    }

    public static Trace read(TraceWriter writer) {
        try {
            return new TraceReader(TraceReader.MAX_EVENT_COUNT)
                    .read(new ByteArrayInputStream(writer.file()), byteCount -> {});
        } catch (TraceException e) {
            throw new AssertionError(e);
        }
    }
}
