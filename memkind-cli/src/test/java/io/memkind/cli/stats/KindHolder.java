package io.memkind.cli.stats;

import io.memkind.Kinds;
import io.memkind.MemoryKind;
import io.memkind.management.KindsMXBean;

/** A program with kinds: says when they can be seen, and ends with its standard input. */
final class KindHolder {
    static final String KIND = "held\nkind";
    static final long BLOCK_BYTES = 32L << 20;

    private KindHolder() {}

    public static void main(String[] arguments) throws Exception {
        try (MemoryKind kind =
                MemoryKind.builder(Kinds.DEFAULT).name(KIND).limitBytes(1 << 30).build()) {
            kind.malloc(BLOCK_BYTES);
            kind.malloc(100);
            while (System.getProperty(KindsMXBean.NAME_PROPERTY) == null) {
                Thread.sleep(20);
            }
            System.out.println("ready");
            System.in.transferTo(System.out);
        }
    }
}
