package io.memkind.measure;

import io.memkind.internal.os.CpuAffinity;
import io.memkind.internal.os.Errno;
import java.util.BitSet;

/** A process that may run on some processors of a machine that need not exist. */
final class FakeAffinity implements CpuAffinity {
    private final BitSet allowed = new BitSet();
    private int getResult;

    FakeAffinity(int... cpus) {
        for (int cpu : cpus) {
            allowed.set(cpu);
        }
    }

    void failGet(int errno) {
        getResult = -errno;
    }

    @Override
    public int get(BitSet cpus) {
        if (getResult == 0) {
            cpus.clear();
            cpus.or(allowed);
        }
        return getResult;
    }

    @Override
    public int set(BitSet cpus) {
        return cpus.intersects(allowed) ? 0 : -Errno.EINVAL;
    }
}
