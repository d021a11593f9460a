package io.memkind.observing;

import io.memkind.Kinds;
import io.memkind.MemoryKind;
import io.memkind.StatisticsPrinter;

/** For {@link ModulesTest}: uses the library where the JDK has only its base module. */
final class BareProgram {
    private BareProgram() {}

    public static void main(String[] arguments) {
        System.out.println("modules " + ModuleLayer.boot().modules().size());
        System.out.print("before " + StatisticsPrinter.print("Jg"));
        try (MemoryKind kind = MemoryKind.builder(Kinds.DEFAULT).name("bare").build()) {
            kind.free(kind.malloc(100));
            kind.malloc(32L << 20);
            System.out.println("after " + kind.statistics().allocatedBytes());
        }
        System.out.println("thread "
                + Thread.getAllStackTraces().keySet().stream()
                        .anyMatch(thread -> thread.getName().equals("memkind-management")));
    }
}
