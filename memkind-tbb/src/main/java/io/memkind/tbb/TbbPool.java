package io.memkind.tbb;

import io.memkind.spi.ExtentSupply;
import io.memkind.tbb.os.PoolMemory;
import io.memkind.tbb.os.TbbLibrary;
import io.memkind.tbb.os.ThreadKeys;
import org.jspecify.annotations.Nullable;

/**
 * A memory pool of TBB over a kind's memory.
 *
 * <p><b>Threads that end.</b> For each thread the pool has a cache in its own memory, under a key of pthread_key_create(3p) whose
 * destructor the thread runs after the JVM has let it go. Two things follow. No upcall may be made then: so the pool keeps all
 * memory until its end ({@code keepAllMemory}), and only calls of ours ask for memory. And the pool must not end while a thread
 * is in the destructor, or may come to it: so its end begins with taking the destructor away, by deleting the key and creating
 * it anew without one; then it waits for the threads of its users that were at their end already.
 */
final class TbbPool {
    /* Others may create keys at the same time, so the pool may get another than is expected. */
    private static final int MOST_ATTEMPTS = 16;

    private final long handle;
    private final PoolMemory memory;
    private final int key;
    private final PoolUsers users;
    /* Guarded by the heap. */
    private boolean withoutDestructor;
    private boolean keyLost;

    private TbbPool(long handle, PoolMemory memory, int key, PoolUsers users) {
        this.handle = handle;
        this.memory = memory;
        this.key = key;
        this.users = users;
    }

    /** Creates a pool; null if there is no memory for its first block. */
    static synchronized @Nullable TbbPool open(ExtentSupply supply) {
        for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
            PoolMemory memory = PoolMemory.of(supply);
            int expectedKey = ThreadKeys.nextFree();
            long handle = TbbLibrary.createPool(memory);
            if (handle == 0) {
                memory.end();
                return null;
            }
            PoolUsers users = new PoolUsers();
            users.enter();
            long block = TbbLibrary.malloc(handle, 8);
            if (block != 0) {
                TbbLibrary.free(handle, block);
                /* A new key has no value in any thread, and only the pool ran in this one. */
                if (expectedKey >= 0 && ThreadKeys.hasValue(expectedKey)) {
                    return new TbbPool(handle, memory, expectedKey, users);
                }
            }
            /* Nobody but this thread, which lives, has used it. */
            TbbLibrary.destroyPool(handle);
            memory.end();
            if (block == 0) {
                return null;
            }
        }
        throw new IllegalStateException("the thread key of a TBB pool is not found, after " + MOST_ATTEMPTS
                + " attempts: something else in this process creates thread keys all the time");
    }

    long allocate(long byteSize, long byteAlignment) {
        users.enter();
        return byteAlignment <= (byteSize <= 8 ? 8 : 16)
                ? TbbLibrary.malloc(handle, byteSize)
                : TbbLibrary.alignedMalloc(handle, byteSize, byteAlignment);
    }

    long reallocate(long address, long byteSize) {
        users.enter();
        return TbbLibrary.realloc(handle, address, byteSize);
    }

    void free(long address) {
        users.enter();
        TbbLibrary.free(handle, address);
    }

    long usableByteSize(long address) {
        return TbbLibrary.usableByteSize(handle, address);
    }

    /**
     * Ends the pool if no thread can be inside it; all its memory goes back. The caller takes care that nobody calls it any
     * more. False if threads that have used it are ending for longer than is to be waited for: to be tried again.
     */
    boolean tryEnd() {
        if (!withoutDestructor && !keyLost) {
            withoutDestructor = ThreadKeys.replaceWithoutDestructor(key);
            /* Somebody has it now; TBB would delete it at the end of the pool. */
            keyLost = !withoutDestructor;
        }
        if (keyLost || !users.awaitEnding()) {
            return false;
        }
        TbbLibrary.destroyPool(handle);
        memory.end();
        return true;
    }
}
