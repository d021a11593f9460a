package io.memkind.agent.internal.redirect;

import io.memkind.AddressAllocator;
import io.memkind.MemoryKind;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;

/** An open target: an allocator, and the kinds that its blocks are of, which no other target has. */
public final class RedirectTarget {
    private final String name;
    private final AddressAllocator allocator;
    private final MemoryKind[] kinds;
    final RequestCounter served = new RequestCounter();
    final LongAdder failures = new LongAdder();
    final AtomicBoolean failureTold = new AtomicBoolean();

    RedirectTarget(String name, AddressAllocator allocator, List<MemoryKind> kinds) {
        this.name = name;
        this.allocator = allocator;
        this.kinds = kinds.toArray(MemoryKind[]::new);
    }

    /**
     * What the policy calls it.
     *
     * @return the name
     */
    public String name() {
        return name;
    }

    /**
     * What its blocks are of.
     *
     * @return the kinds, tiers in their order
     */
    public List<MemoryKind> kinds() {
        return List.of(kinds);
    }

    /**
     * The requests that it served.
     *
     * @return the counter, which goes on counting
     */
    public RequestCounter served() {
        return served;
    }

    /**
     * How many requests it had no room for.
     *
     * @return their number
     */
    public long failures() {
        return failures.sum();
    }

    AddressAllocator allocator() {
        return allocator;
    }

    boolean ownsPageOf(long address) {
        for (MemoryKind kind : kinds) {
            if (kind.ownsPageOf(address)) {
                return true;
            }
        }
        return false;
    }
}
