package io.memkind.internal.os;

import java.util.BitSet;

/**
 * The processors that the calling thread may run on, as an interface so that tests can make the calls fail. To be called on
 * platform threads: what a virtual thread sets is its carrier's.
 */
public interface CpuAffinity {
    /**
     * sched_getaffinity(2).
     *
     * @param cpus becomes the set of numbers of the processors; unchanged after a failure
     * @return 0, or -errno
     */
    int get(BitSet cpus);

    /**
     * sched_setaffinity(2).
     *
     * @return 0, or -errno: EINVAL if the process may run on none of the processors
     */
    int set(BitSet cpus);
}
