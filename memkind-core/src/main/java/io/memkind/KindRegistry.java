package io.memkind;

import io.memkind.internal.heap.Heap;
import io.memkind.internal.heap.HeapEvents;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** All kinds that are open, by their heaps. */
final class KindRegistry {
    private record Entry(long number, MemoryKind kind) {}

    private static final Map<Heap, Entry> KINDS = new ConcurrentHashMap<>();

    /* Guarded by the class. */
    private static long lastNumber;
    private static @Nullable Function<String, HeapEvents> observers;

    private KindRegistry() {}

    static void add(Heap heap, MemoryKind kind) {
        synchronized (KindRegistry.class) {
            KINDS.put(heap, new Entry(++lastNumber, kind));
            if (observers != null) {
                heap.observe(observers.apply(kind.name()));
            }
        }
        /* Not under the lock: what this starts calls observe, from threads that hold locks of the JDK. */
        Observation.start();
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

    /** Gives every kind, those to come as well, an observer made from its name; null takes them away. */
    static synchronized void observe(@Nullable Function<String, HeapEvents> observerOf) {
        observers = observerOf;
        KINDS.forEach((heap, entry) -> heap.observe(observerOf == null ? null : observerOf.apply(entry.kind.name())));
    }

    static Optional<MemoryKind> detect(long address) {
        Heap likely = Heap.ofPage(address);
        if (likely != null) {
            return Optional.ofNullable(KINDS.get(likely))
                    .map(Entry::kind)
                    .filter(kind -> ManagedCalls.owns(kind, address));
        }
        /* The inside of a large block: its pages have no entry of their own. */
        return KINDS.values().stream()
                .map(Entry::kind)
                .filter(kind -> ManagedCalls.owns(kind, address))
                .findFirst();
    }
}
