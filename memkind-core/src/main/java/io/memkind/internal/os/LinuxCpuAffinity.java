package io.memkind.internal.os;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.BitSet;

/** {@link CpuAffinity} by the C library, whose functions return 0 where the bare system calls return a size. */
public final class LinuxCpuAffinity implements CpuAffinity {
    public static final LinuxCpuAffinity INSTANCE = new LinuxCpuAffinity();

    private static final int CALLING_THREAD = 0;
    /* The kernel answers EINVAL while the mask is shorter than its own, which Kconfig limits to 8192 processors. */
    private static final int FIRST_MASK_BITS = 1 << 10;
    private static final int LAST_MASK_BITS = 1 << 16;

    private static final FunctionDescriptor SIGNATURE = FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, ADDRESS);
    private static final MethodHandle GET = Syscalls.link("sched_getaffinity", SIGNATURE, Syscalls.ERRNO);
    private static final MethodHandle SET = Syscalls.link("sched_setaffinity", SIGNATURE, Syscalls.ERRNO);

    private LinuxCpuAffinity() {}

    @Override
    public int get(BitSet cpus) {
        int result = -Errno.EINVAL;
        for (int bits = FIRST_MASK_BITS; bits <= LAST_MASK_BITS && result == -Errno.EINVAL; bits *= 2) {
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment mask = arena.allocate(JAVA_LONG, bits / Long.SIZE);
                result = call(GET, "sched_getaffinity", mask);
                if (result == 0) {
                    cpus.clear();
                    cpus.or(BitSet.valueOf(mask.toArray(JAVA_LONG)));
                }
            }
        }
        return result;
    }

    @Override
    public int set(BitSet cpus) {
        try (Arena arena = Arena.ofConfined()) {
            long[] words = cpus.toLongArray();
            MemorySegment mask = arena.allocate(JAVA_LONG, Math.max(1, words.length));
            MemorySegment.copy(words, 0, mask, JAVA_LONG, 0, words.length);
            return call(SET, "sched_setaffinity", mask);
        }
    }

    private static int call(MethodHandle function, String name, MemorySegment mask) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(Syscalls.STATE_LAYOUT);
            int result = (int) function.invokeExact(state, CALLING_THREAD, mask.byteSize(), mask);
            return result == 0 ? 0 : -Syscalls.errno(state);
        } catch (Throwable t) {
            throw Syscalls.unexpected(name, t);
        }
    }
}
