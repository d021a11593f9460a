package io.memkind;

import io.memkind.internal.heap.Heap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** All kinds that are open, by their heaps. */
final class KindRegistry {
    private static final Map<Heap, MemoryKind> KINDS = new ConcurrentHashMap<>();

    private KindRegistry() {}

    static void add(Heap heap, MemoryKind kind) {
        KINDS.put(heap, kind);
    }

    static void remove(Heap heap) {
        KINDS.remove(heap);
    }

    static Optional<MemoryKind> detect(long address) {
        Heap likely = Heap.ofPage(address);
        if (likely != null) {
            return likely.owns(address) ? Optional.ofNullable(KINDS.get(likely)) : Optional.empty();
        }
        /* The inside of a large block: its pages have no entry of their own. */
        return KINDS.entrySet().stream()
                .filter(entry -> entry.getKey().owns(address))
                .map(Map.Entry::getValue)
                .findFirst();
    }
}
