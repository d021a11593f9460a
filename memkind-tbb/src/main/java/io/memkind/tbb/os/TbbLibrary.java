package io.memkind.tbb.os;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BOOLEAN;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/** The memory pools of libtbbmalloc: the functions of namespace rml in tbb/scalable_allocator.h. */
public final class TbbLibrary {
    private static final String FILE = "libtbbmalloc.so.2";
    private static final String REMEDY = "install the Debian package libtbbmalloc2";

    /* MemPoolPolicy of version 1; its last field are bits: fixedPool, keepAllMemory, others that are reserved. */
    private static final MemoryLayout POLICY =
            MemoryLayout.structLayout(ADDRESS, ADDRESS, JAVA_LONG, JAVA_INT, JAVA_INT);
    private static final int POLICY_VERSION = 1;
    private static final int KEEP_ALL_MEMORY = 2;
    private static final long GRANULARITY_BYTES = 2L << 20;
    private static final int POOL_OK = 0;
    private static final int NO_MEMORY = 3;

    private TbbLibrary() {}

    /* Loaded by the first use, and never unloaded: its code runs when threads end. */
    @SuppressWarnings("restricted")
    private static final class Functions {
        private static final SymbolLookup LIBRARY = SymbolLookup.libraryLookup(FILE, Arena.global());
        static final MethodHandle CREATE = link(
                "_ZN3rml14pool_create_v1ElPKNS_13MemPoolPolicyEPPNS_10MemoryPoolE",
                JAVA_INT,
                JAVA_LONG,
                ADDRESS,
                ADDRESS);
        static final MethodHandle DESTROY = link("_ZN3rml12pool_destroyEPNS_10MemoryPoolE", JAVA_BOOLEAN, JAVA_LONG);
        static final MethodHandle MALLOC =
                link("_ZN3rml11pool_mallocEPNS_10MemoryPoolEm", JAVA_LONG, JAVA_LONG, JAVA_LONG);
        static final MethodHandle ALIGNED_MALLOC =
                link("_ZN3rml19pool_aligned_mallocEPNS_10MemoryPoolEmm", JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);
        static final MethodHandle REALLOC =
                link("_ZN3rml12pool_reallocEPNS_10MemoryPoolEPvm", JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);
        static final MethodHandle FREE =
                link("_ZN3rml9pool_freeEPNS_10MemoryPoolEPv", JAVA_BOOLEAN, JAVA_LONG, JAVA_LONG);
        static final MethodHandle MSIZE =
                link("_ZN3rml10pool_msizeEPNS_10MemoryPoolEPv", JAVA_LONG, JAVA_LONG, JAVA_LONG);

        private static MethodHandle link(String name, ValueLayout result, MemoryLayout... arguments) {
            return Natives.LINKER.downcallHandle(LIBRARY.findOrThrow(name), FunctionDescriptor.of(result, arguments));
        }
    }

    private static final class Presence {
        static final Optional<String> REFUSAL = look();

        private static Optional<String> look() {
            try {
                return Functions.MSIZE == null ? Optional.of(FILE) : Optional.empty();
            } catch (ExceptionInInitializerError e) {
                return Optional.of(FILE + " cannot be loaded or lacks a function (" + e.getCause() + "); " + REMEDY);
            }
        }
    }

    /** {@return why the library cannot be used, and what helps; empty if it can} */
    public static Optional<String> refusal() {
        return Presence.REFUSAL;
    }

    /**
     * Creates a pool that keeps all its memory until it is destroyed.
     *
     * @param memory what it asks for memory
     * @return the pool, or 0 if there is no memory, or no key for thread-specific data, of which a process has 1024
     * @throws IllegalStateException if TBB refuses the pool for another reason
     */
    public static long createPool(PoolMemory memory) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment policy = arena.allocate(POLICY);
            policy.set(ADDRESS, 0, PoolMemory.ALLOCATE);
            policy.set(ADDRESS, 8, PoolMemory.FREE);
            policy.set(JAVA_LONG, 16, GRANULARITY_BYTES);
            policy.set(JAVA_INT, 24, POLICY_VERSION);
            policy.set(JAVA_INT, 28, KEEP_ALL_MEMORY);
            MemorySegment pool = arena.allocate(JAVA_LONG);
            int error = (int) Functions.CREATE.invokeExact(memory.id, policy, pool);
            if (error != POOL_OK && error != NO_MEMORY) {
                throw new IllegalStateException("rml::pool_create_v1 failed with error " + error);
            }
            return error == POOL_OK ? pool.get(JAVA_LONG, 0) : 0;
        } catch (Throwable e) {
            throw Natives.unexpected("rml::pool_create_v1", e);
        }
    }

    /**
     * Destroys a pool, whose memory goes back by upcalls.
     *
     * @param pool the pool, which no thread uses
     * @throws IllegalStateException if TBB fails to give memory back
     */
    public static void destroyPool(long pool) {
        boolean done;
        try {
            done = (boolean) Functions.DESTROY.invokeExact(pool);
        } catch (Throwable e) {
            throw Natives.unexpected("rml::pool_destroy", e);
        }
        if (!done) {
            throw new IllegalStateException("rml::pool_destroy failed");
        }
    }

    /**
     * Allocates a block.
     *
     * @param pool the pool
     * @param byteSize its size in bytes
     * @return its address, or 0
     */
    public static long malloc(long pool, long byteSize) {
        try {
            return (long) Functions.MALLOC.invokeExact(pool, byteSize);
        } catch (Throwable e) {
            throw Natives.unexpected("rml::pool_malloc", e);
        }
    }

    /**
     * Allocates an aligned block.
     *
     * @param pool the pool
     * @param byteSize its size in bytes
     * @param byteAlignment a power of two
     * @return its address, or 0
     */
    public static long alignedMalloc(long pool, long byteSize, long byteAlignment) {
        try {
            return (long) Functions.ALIGNED_MALLOC.invokeExact(pool, byteSize, byteAlignment);
        } catch (Throwable e) {
            throw Natives.unexpected("rml::pool_aligned_malloc", e);
        }
    }

    /**
     * Changes the size of a block.
     *
     * @param pool the pool
     * @param address a live block
     * @param byteSize its new size in bytes, not 0
     * @return its address, or 0
     */
    public static long realloc(long pool, long address, long byteSize) {
        try {
            return (long) Functions.REALLOC.invokeExact(pool, address, byteSize);
        } catch (Throwable e) {
            throw Natives.unexpected("rml::pool_realloc", e);
        }
    }

    /**
     * Frees a block.
     *
     * @param pool the pool
     * @param address a live block
     */
    public static void free(long pool, long address) {
        try {
            boolean ignored = (boolean) Functions.FREE.invokeExact(pool, address);
        } catch (Throwable e) {
            throw Natives.unexpected("rml::pool_free", e);
        }
    }

    /**
     * The size of a block.
     *
     * @param pool the pool
     * @param address a live block
     * @return its size in bytes
     */
    public static long usableByteSize(long pool, long address) {
        try {
            return (long) Functions.MSIZE.invokeExact(pool, address);
        } catch (Throwable e) {
            throw Natives.unexpected("rml::pool_msize", e);
        }
    }
}
