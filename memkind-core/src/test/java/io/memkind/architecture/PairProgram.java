package io.memkind.architecture;

import io.memkind.Kinds;
import io.memkind.MemoryKind;

/** For {@link NodeBudgetTest}: runs a method until C2 has compiled it. */
final class PairProgram {
    private static final int RUNS = 400_000;

    private PairProgram() {}

    public static void main(String[] arguments) throws InterruptedException {
        long sum = 0;
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < RUNS; i++) {
                sum += twoPairs(Kinds.DEFAULT, i & 511);
            }
            Thread.sleep(100); // the compiler's thread catches up
        }
        System.out.println(sum != 0);
    }

    static long twoPairs(MemoryKind kind, long byteSize) {
        long first = kind.malloc(byteSize);
        long second = kind.malloc(byteSize + 1);
        kind.free(first);
        kind.free(second);
        return first ^ second;
    }
}
