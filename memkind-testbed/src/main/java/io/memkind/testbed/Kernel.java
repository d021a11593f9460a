package io.memkind.testbed;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Calls of the test's own: sched_setaffinity(2) and get_mempolicy(2), which the library has no use for, and move_pages(2), so
 * that the library is not its own witness.
 */
@SuppressWarnings("restricted")
final class Kernel {
    /** Bits of a mask of processors or nodes: as many nodes as a kernel may be built for (MAX_NUMNODES). */
    private static final int MASK_BITS = 1024;

    private static final long MPOL_F_ADDR = 2;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final Linker.Option ERRNO = Linker.Option.captureCallState("errno");
    private static final MemoryLayout STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO_HANDLE = STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

    private static final MethodHandle SCHED_SETAFFINITY = LINKER.downcallHandle(
            LINKER.defaultLookup().findOrThrow("sched_setaffinity"),
            FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, ADDRESS),
            ERRNO);

    /* get_mempolicy is a function of libnuma, not of the C library. */
    private static final MethodHandle SYSCALL = LINKER.downcallHandle(
            LINKER.defaultLookup().findOrThrow("syscall"),
            FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, ADDRESS, ADDRESS, JAVA_LONG, JAVA_LONG, JAVA_LONG),
            ERRNO,
            Linker.Option.firstVariadicArg(1));

    private static final MethodHandle SYSCALL_OF_PAGES = LINKER.downcallHandle(
            LINKER.defaultLookup().findOrThrow("syscall"),
            FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, ADDRESS, JAVA_LONG, ADDRESS, JAVA_LONG),
            ERRNO,
            Linker.Option.firstVariadicArg(1));

    /** arch/x86/entry/syscalls/syscall_64.tbl, include/uapi/asm-generic/unistd.h. */
    private static final boolean AARCH64 = System.getProperty("os.arch", "").equals("aarch64");

    private static final long GET_MEMPOLICY = AARCH64 ? 236 : 239;
    private static final long MOVE_PAGES = AARCH64 ? 239 : 279;

    private Kernel() {}

    /**
     * Lets the calling platform thread run on one processor only, from the return on.
     *
     * @throws IllegalStateException if the kernel refuses
     */
    static void pinToCpu(int cpu) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            MemorySegment mask = arena.allocate(MASK_BITS / 8, 8);
            mask.setAtIndex(JAVA_LONG, cpu / 64, 1L << (cpu % 64));
            check(
                    "sched_setaffinity to processor " + cpu,
                    (int) SCHED_SETAFFINITY.invokeExact(state, 0, mask.byteSize(), mask),
                    state);
        } catch (Throwable t) {
            throw unchecked(t);
        }
    }

    /**
     * The policy of the mapping that an address lies in, or the thread's if the mapping has none.
     *
     * @throws IllegalStateException if the kernel refuses
     */
    static NodePolicy policyAt(long address) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            MemorySegment mode = arena.allocate(JAVA_INT);
            MemorySegment mask = arena.allocate(MASK_BITS / 8, 8);
            long result = (long)
                    SYSCALL.invokeExact(state, GET_MEMPOLICY, mode, mask, (long) MASK_BITS, address, MPOL_F_ADDR);
            check("get_mempolicy", result, state);
            return new NodePolicy(PolicyMode.of(mode.get(JAVA_INT, 0)), nodes(mask));
        } catch (Throwable t) {
            throw unchecked(t);
        }
    }

    /**
     * The node of each of some consecutive pages; negative, an errno, for a page that is nowhere.
     *
     * @param address in the first page
     * @throws IllegalStateException if the kernel refuses
     */
    static int[] nodesOfPages(long address, int count) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            MemorySegment pages = arena.allocate(JAVA_LONG, count);
            for (int page = 0; page < count; page++) {
                pages.setAtIndex(JAVA_LONG, page, (address & -Probe.PAGE_BYTES) + page * Probe.PAGE_BYTES);
            }
            MemorySegment nodes = arena.allocate(JAVA_INT, count);
            /* Of this process (0), without a place to move them to (NULL): only says where they are. */
            long result =
                    (long) SYSCALL_OF_PAGES.invokeExact(state, MOVE_PAGES, 0L, (long) count, pages, 0L, nodes, 0L);
            check("move_pages", result, state);
            return nodes.toArray(JAVA_INT);
        } catch (Throwable t) {
            throw unchecked(t);
        }
    }

    private static SortedSet<Integer> nodes(MemorySegment mask) {
        SortedSet<Integer> nodes = new TreeSet<>();
        for (int node = 0; node < MASK_BITS; node++) {
            if ((mask.getAtIndex(JAVA_LONG, node / 64) >>> (node % 64) & 1) != 0) {
                nodes.add(node);
            }
        }
        return nodes;
    }

    private static void check(String call, long result, MemorySegment state) {
        if (result < 0) {
            throw new IllegalStateException(call + " failed: errno " + (int) ERRNO_HANDLE.get(state, 0L));
        }
    }

    private static RuntimeException unchecked(Throwable t) {
        if (t instanceof Error e) {
            throw e;
        }
        return t instanceof RuntimeException e ? e : new IllegalStateException(t);
    }
}
