package io.memkind.internal.os;

import org.junit.jupiter.api.Assumptions;

/** Whether this process may make NUMA calls: containers often forbid them, and kernels may lack them. */
public final class NumaCalls {
    private NumaCalls() {}

    /** Skips the calling test, and says so, where mbind or move_pages is not to be had. */
    public static void assumeAllowed() {
        int bound;
        int located;
        try (MappedMemory mapping = MappedMemory.ofPages(1)) {
            bound = LinuxMemory.INSTANCE.bind(
                    mapping.address(), mapping.byteSize(), MemoryPolicy.PREFERRED, new long[] {1});
            located = LinuxMemory.INSTANCE.nodesOf(mapping.address(), new int[1]);
        }
        if (isForbidden(bound) || isForbidden(located)) {
            String reason = "Skipped: no NUMA calls here (mbind: " + bound + ", move_pages: " + located + ")";
            System.out.println(reason);
            Assumptions.abort(reason);
        }
    }

    private static boolean isForbidden(int result) {
        return result == -Errno.EPERM || result == -Errno.ENOSYS;
    }
}
