package io.memkind;

import io.memkind.internal.heap.Heap;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** All kinds that are open, by their heaps. */
final class KindRegistry {
    private record Entry(long number, MemoryKind kind) {}

    private static final Map<Heap, Entry> KINDS = new ConcurrentHashMap<>();

    private static final AtomicLong LAST_NUMBER = new AtomicLong();

    private KindRegistry() {}

    static void add(Heap heap, MemoryKind kind) {
        KINDS.put(heap, new Entry(LAST_NUMBER.incrementAndGet(), kind));
    }

    static void remove(Heap heap) {
        KINDS.remove(heap);
    }

    /** The open kinds, in the order in which they were made. */
    static List<MemoryKind> open() {
        return KINDS.values().stream()
                .sorted(Comparator.comparingLong(Entry::number))
                .map(Entry::kind)
                .toList();
    }

    static Optional<MemoryKind> detect(long address) {
        Heap likely = Heap.ofPage(address);
        if (likely != null) {
            return likely.owns(address) ? Optional.ofNullable(KINDS.get(likely)).map(Entry::kind) : Optional.empty();
        }
        /* The inside of a large block: its pages have no entry of their own. */
        return KINDS.entrySet().stream()
                .filter(entry -> entry.getKey().owns(address))
                .map(entry -> entry.getValue().kind)
                .findFirst();
    }
}
