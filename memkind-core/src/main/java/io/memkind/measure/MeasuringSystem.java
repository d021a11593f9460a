package io.memkind.measure;

import io.memkind.internal.os.CpuAffinity;
import io.memkind.internal.os.LinuxCpuAffinity;
import io.memkind.internal.os.LinuxMemory;
import io.memkind.internal.os.VirtualMemory;
import io.memkind.topology.ProcessorCaches;
import java.nio.file.Path;
import java.time.Clock;
import java.time.InstantSource;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;

/**
 * What a measurement needs of the machine, as one value so that tests can replace any of it.
 *
 * @param nanoTime the clock that times, as {@link System#nanoTime}
 * @param calendar tells when a measurement was made
 * @param lastLevelByteSize size of the last-level caches of some processors; 0 if unknown
 */
record MeasuringSystem(
        VirtualMemory memory,
        CpuAffinity affinity,
        LongSupplier nanoTime,
        InstantSource calendar,
        ToLongFunction<List<Integer>> lastLevelByteSize) {
    static MeasuringSystem running() {
        return new MeasuringSystem(
                LinuxMemory.INSTANCE,
                LinuxCpuAffinity.INSTANCE,
                System::nanoTime,
                Clock.systemUTC(),
                cpus -> ProcessorCaches.lastLevelByteSize(Path.of("/"), cpus));
    }
}
