package io.memkind.internal.heap;

import io.memkind.internal.os.VirtualMemory;
import io.memkind.settings.Settings;
import java.lang.invoke.VarHandle;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The shards of a heap: for each platform thread that allocates one at each place where it did, up to a limit for each place, and a few
 * stripes at each place for all other threads, virtual ones among them.
 */
final class ShardTable {
    /*
     * SLOTS answers the fast path, for all heaps of the process: the shard in the slot is the caller's if its key says so.
     * A key is the thread's id plus a base that differs for each heap; ids are never used twice. So slots need no order:
     * an old entry names a shard that is the caller's all the same, or is another's and then says so, since a shard
     * changes hands only after its owner's death.
     *
     * Threads whose keys collide push each other out of the slot, and take the slow path then.
     *
     * A thread that has moved to another place finds that out when its shard has no free block at hand, or has lost its slot,
     * which happens from time to time for this purpose. Its shard there takes the slot then; the old one stays its own.
     */
    private static final int SLOT_COUNT = 1 << 14;
    private static final @Nullable Shard[] SLOTS = new Shard[SLOT_COUNT];
    private static final AtomicLong HEAP_COUNT = new AtomicLong();
    /* At each place, on the average. */
    private static final int MAX_OWNED = 2048;
    private static final int INHERIT_TRIES = 32;

    private final Heap heap;
    private final long keyBase;
    private final int processorCount;
    private final ConcurrentHashMap<Owned, Shard> owned = new ConcurrentHashMap<>();
    private final CopyOnWriteArrayList<Shard> all = new CopyOnWriteArrayList<>();
    /* Index = place. Grown under this. */
    private final CopyOnWriteArrayList<Stripes> stripes = new CopyOnWriteArrayList<>();
    private int inheritCursor;
    private volatile boolean closed;
    private volatile boolean fastPathOpen = true;

    ShardTable(Heap heap, int processorCount) {
        this.heap = heap;
        long number = HEAP_COUNT.incrementAndGet();
        /* The low part spreads the heaps over the slots; with ids below 2^39, keys of different heaps differ. */
        keyBase = (number << 40) + ((number * 0x9E3779B1L) & (SLOT_COUNT - 1));
        this.processorCount = processorCount;
    }

    private record Owned(long key, int place) {}

    long keyBase() {
        return keyBase;
    }

    /** The shard of the thread with the key, or null if it has none or has lost its slot. */
    static @Nullable Shard find(long key) {
        Shard shard = SLOTS[(int) key & (SLOT_COUNT - 1)];
        return shard != null && shard.ownerKey == key ? shard : null;
    }

    private long currentKey() {
        return keyBase + Thread.currentThread().threadId();
    }

    boolean isCurrent(Shard shard) {
        return shard.ownerKey == currentKey();
    }

    /**
     * The shard of the calling thread at the place where its memory is to come from, made or inherited if need be; null if
     * the thread is to use the stripes.
     */
    @Nullable Shard currentOrNew() {
        Thread thread = Thread.currentThread();
        /* A heap that keeps nothing has stripes only: any thread can enter the one of a block that it frees. */
        if (thread.isVirtual() || heap.options().keepsNothing()) {
            return null;
        }
        int place = heap.currentPlace();
        long key = keyBase + thread.threadId();
        Shard shard = find(key);
        if (shard != null && shard.place == place) {
            return shard;
        }
        shard = owned.get(new Owned(key, place));
        if (shard == null) {
            shard = register(thread, place);
        }
        if (shard != null) {
            publish(shard);
        }
        return shard;
    }

    /* Ends with an empty slot if the fast path is closed meanwhile: one of both sees what the other wrote. */
    private void publish(Shard shard) {
        int slot = slotOf(shard);
        if (SLOTS[slot] != shard && fastPathOpen) {
            SLOTS[slot] = shard;
            VarHandle.fullFence();
            if (!fastPathOpen) {
                SLOTS[slot] = null;
            }
        }
    }

    private static int slotOf(Shard shard) {
        return (int) shard.ownerKey & (SLOT_COUNT - 1);
    }

    /** The shard that the calling thread owns at a place, whether it has a slot or not; or null. */
    @Nullable Shard ownedByCurrent(int place) {
        return owned.get(new Owned(currentKey(), place));
    }

    /**
     * Lets {@link #find} answer, or not: with all slots of the heap empty, each call takes the slow path. That way the fast
     * path need not ask whether somebody counts. A call that runs meanwhile may still be fast.
     */
    void openFastPath(boolean open) {
        fastPathOpen = open;
        if (!open) {
            VarHandle.fullFence();
            forgetSlots();
        }
    }

    /** Empties the slots of the heap, so that every thread asks for its place with its next call. */
    void forgetSlots() {
        for (Shard shard : all) {
            int slot = slotOf(shard);
            if (SLOTS[slot] == shard) {
                SLOTS[slot] = null;
            }
        }
    }

    private synchronized @Nullable Shard register(Thread thread, int place) {
        requireOpen();
        Shard shard = inherit(thread, place);
        if (shard == null) {
            if (owned.size() >= MAX_OWNED * Math.max(1, heap.pools().count())) {
                return null;
            }
            shard = new Shard(heap, place, thread, keyBase);
            all.add(shard);
        }
        owned.put(new Owned(shard.ownerKey, place), shard);
        return shard;
    }

    /* A dead thread's shard, with its partly used slabs. Looks at a few, the next time at the next ones. */
    private @Nullable Shard inherit(Thread thread, int place) {
        int count = all.size();
        for (int i = 0; i < Math.min(count, INHERIT_TRIES); i++) {
            inheritCursor = (inheritCursor + 1) % count;
            Shard shard = all.get(inheritCursor);
            long dead = shard.place == place ? shard.inherit(thread, keyBase) : 0;
            if (dead != 0) {
                owned.remove(new Owned(dead, place));
                return shard;
            }
        }
        return null;
    }

    /** Enters some stripe at the place of the calling thread. The caller leaves it by {@link Shard#exit}. */
    Shard enterStripe() {
        return stripesAt(heap.currentPlace()).enter();
    }

    private Stripes stripesAt(int place) {
        return place < stripes.size() ? stripes.get(place) : makeStripes(place);
    }

    private synchronized Stripes makeStripes(int place) {
        while (stripes.size() <= place) {
            stripes.add(new Stripes(this, stripes.size(), stripeCount()));
        }
        return stripes.get(place);
    }

    /* A power of two. A bad value fails the call that needs a stripe, and the next one, and nothing else. */
    private int stripeCount() {
        return stripeCount(Math.toIntExact(Settings.ARENA_NUM_PER_KIND.value()), processorCount);
    }

    /** The number of stripes at a place, where the user asks for so many, or 0 for the default. */
    static int stripeCount(int given, int processorCount) {
        int count = given == 0 ? Math.max(2, 2 * processorCount) : given;
        return count == 1 ? 1 : Integer.highestOneBit(count - 1) * 2;
    }

    /** By {@link Stripes}, once for each. */
    synchronized Shard newStripe(int place) {
        requireOpen();
        Shard stripe = new Shard(heap, place);
        all.add(stripe);
        return stripe;
    }

    void forEach(Consumer<Shard> action) {
        all.forEach(action);
    }

    /**
     * By the heap that closes: shuts all shards for good. From now on every method that needs one throws.
     *
     * @return false if somebody may be inside a shard all the same
     */
    boolean close(VirtualMemory memory) {
        synchronized (this) {
            closed = true;
        }
        boolean allLeft = true;
        for (Shard shard : all) {
            SLOTS[slotOf(shard)] = null;
            if (shard.shut(memory)) {
                shard.destroy();
            } else {
                allLeft = false;
            }
        }
        return allLeft;
    }

    void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the heap is closed");
        }
    }
}
