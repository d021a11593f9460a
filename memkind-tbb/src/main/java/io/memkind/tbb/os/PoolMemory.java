package io.memkind.tbb.os;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.memkind.spi.ExtentSupply;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The memory of one pool, which TBB asks for by upcalls. All pools share the two functions, which are there as long as the
 * process, and are told apart by a number.
 */
@SuppressWarnings("restricted")
public final class PoolMemory {
    private static final Map<Long, PoolMemory> BY_ID = new ConcurrentHashMap<>();
    private static final AtomicLong LAST_ID = new AtomicLong();

    /* rawAllocType and rawFreeType of tbb/scalable_allocator.h. */
    static final MemorySegment ALLOCATE =
            stub("allocate", FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, ADDRESS.withTargetLayout(JAVA_LONG)));
    static final MemorySegment FREE = stub("free", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG));

    final long id = LAST_ID.incrementAndGet();
    private final ExtentSupply supply;

    private PoolMemory(ExtentSupply supply) {
        this.supply = supply;
    }

    /**
     * Memory for a pool to come.
     *
     * @param supply what it is taken from
     * @return the memory, to be ended after the pool
     */
    public static PoolMemory of(ExtentSupply supply) {
        PoolMemory memory = new PoolMemory(supply);
        BY_ID.put(memory.id, memory);
        return memory;
    }

    /** The pool has ended. */
    public void end() {
        BY_ID.remove(id);
    }

    private static MemorySegment stub(String method, FunctionDescriptor descriptor) {
        try {
            return Natives.LINKER.upcallStub(
                    MethodHandles.lookup().findStatic(PoolMemory.class, method, descriptor.toMethodType()),
                    descriptor,
                    Arena.global());
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /* Upcalls: an exception would end the process, and the supply throws none. */

    @SuppressWarnings("UnusedMethod")
    private static long allocate(long id, MemorySegment byteSize) {
        PoolMemory memory = BY_ID.get(id);
        return memory == null ? 0 : memory.supply.allocate(byteSize.get(JAVA_LONG, 0));
    }

    @SuppressWarnings({"UnusedMethod", "UnusedVariable"})
    private static int free(long id, long address, long byteSize) {
        PoolMemory memory = BY_ID.get(id);
        return memory != null && memory.supply.free(address) ? 0 : 1;
    }
}
