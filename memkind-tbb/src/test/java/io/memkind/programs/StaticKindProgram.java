package io.memkind.programs;

import io.memkind.KindStatistics;
import io.memkind.Kinds;

/** Uses a static kind, and says who manages it: the own heap counts blocks by size. */
public final class StaticKindProgram {
    private StaticKindProgram() {}

    /** Takes no arguments. */
    public static void main(String[] arguments) throws InterruptedException {
        try {
            long block = Kinds.DEFAULT.malloc(100);
            KindStatistics statistics = Kinds.DEFAULT.statistics();
            System.out.println(statistics.sizeClasses().isEmpty() ? "managed by another" : "managed by memkind");
            Kinds.DEFAULT.free(block);
            Thread thread = Thread.ofPlatform().start(() -> Kinds.DEFAULT.malloc(1000));
            thread.join();
            System.out.println(Kinds.DEFAULT.statistics().allocatedBytes() >= 1000);
        } catch (RuntimeException e) {
            System.out.println(e.getClass().getSimpleName() + ": " + e.getMessage());
        }
    }
}
