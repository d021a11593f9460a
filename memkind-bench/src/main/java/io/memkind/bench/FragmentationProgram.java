package io.memkind.bench;

import io.memkind.FileKinds;
import io.memkind.KindExhaustedException;
import io.memkind.MemoryKind;
import io.memkind.MemoryUsagePolicy;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How much of a limited file kind stays usable when blocks of mixed sizes come and go: the same steps, with the same random
 * numbers, as {@code fragmentation.c}. Prints one JSON object.
 *
 * <p>Arguments: directory, limit in MiB, {@code default} or {@code conservative}, steps, seed.
 */
final class FragmentationProgram {
    /* Bytes of a block: drawn uniformly from these ten. */
    private static final long[] SIZES = {
        8519680, 8519680, 8519680, 8519680, 4325376, 4325376, 4325376, 4325376, 432517, 608478
    };

    @SuppressWarnings("restricted")
    private static final MemorySegment ALL = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

    private record Block(long address, long byteSize) {}

    private final MemoryKind kind;
    private final long limitBytes;
    private final long stepCount;
    private final List<Block> oldestFirst = new ArrayList<>();
    private long randomState;
    private long liveBytes;
    private long evictionCount;
    private double ratioSum;
    private double leastRatio = 1;

    private FragmentationProgram(MemoryKind kind, long limitBytes, long stepCount, long seed) {
        this.kind = kind;
        this.limitBytes = limitBytes;
        this.stepCount = stepCount;
        this.randomState = seed;
    }

    /** Starts it. */
    public static void main(String[] arguments) {
        long limitBytes = Long.parseLong(arguments[1]) << 20;
        MemoryUsagePolicy policy = MemoryUsagePolicy.valueOf(arguments[2].toUpperCase(Locale.ROOT));
        long stepCount = Long.parseLong(arguments[3]);
        try (MemoryKind kind = FileKinds.builder(Path.of(arguments[0]))
                .limitBytes(limitBytes)
                .memoryUsagePolicy(policy)
                .build()) {
            FragmentationProgram program =
                    new FragmentationProgram(kind, limitBytes, stepCount, Long.parseLong(arguments[4]));
            long startNanos = System.nanoTime();
            program.run();
            program.print(System.nanoTime() - startNanos);
        }
    }

    private void run() {
        for (long step = 0; step < stepCount; step++) {
            long byteSize = SIZES[(int) below(SIZES.length)];
            long address = allocate(byteSize, step);
            ALL.set(ValueLayout.JAVA_BYTE, address, (byte) 1);
            ALL.set(ValueLayout.JAVA_BYTE, address + byteSize - 1, (byte) 1);
            oldestFirst.add(new Block(address, byteSize));
            liveBytes += byteSize;
        }
    }

    private long allocate(long byteSize, long step) {
        while (true) {
            try {
                return kind.malloc(byteSize);
            } catch (KindExhaustedException e) {
                if (oldestFirst.isEmpty()) {
                    throw e;
                }
                evict(step);
            }
        }
    }

    /* The kind is full: that is when the ratio tells. The victim is one of the older half. */
    private void evict(long step) {
        double ratio = (double) liveBytes / limitBytes;
        evictionCount++;
        ratioSum += ratio;
        /* Once it has been full for a while, else the first round, of a fresh file, would hide the rest. */
        if (step > stepCount / 10) {
            leastRatio = Math.min(leastRatio, ratio);
        }
        Block victim = oldestFirst.remove((int) below((oldestFirst.size() + 1) / 2));
        kind.free(victim.address());
        liveBytes -= victim.byteSize();
    }

    private long next() {
        randomState += 0x9E3779B97F4A7C15L;
        long z = randomState;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    private long below(long bound) {
        return (next() >>> 1) % bound;
    }

    private void print(long nanos) {
        System.out.printf(
                Locale.ROOT,
                "{\"mean_ratio\":%.6f,\"least_ratio\":%.6f,\"evictions\":%d,\"micros_per_step\":%.3f}%n",
                evictionCount == 0 ? 0 : ratioSum / evictionCount,
                leastRatio,
                evictionCount,
                nanos / 1e3 / stepCount);
    }
}
