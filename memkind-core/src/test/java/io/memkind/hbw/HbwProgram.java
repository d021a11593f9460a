package io.memkind.hbw;

import io.memkind.KindExhaustedException;
import io.memkind.Kinds;
import io.memkind.MemoryKind;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** For {@link HbwTest}: does everything once under the policy that the argument names, and prints a line for each. */
final class HbwProgram {
    private HbwProgram() {}

    public static void main(String[] arguments) {
        System.out.println("available " + Hbw.availability().available());
        System.out.println("policy " + Hbw.policy());
        if (arguments.length > 0) {
            Hbw.setPolicy(HbwPolicy.valueOf(arguments[0]));
        }
        try {
            allocate();
        } catch (KindExhaustedException e) {
            System.out.println("exhausted: " + e.getMessage());
        }
        System.out.println("kind " + Hbw.kind(HbwPageSize.BASE).name() + " of " + Hbw.policy());
    }

    private static void allocate() {
        long block = Hbw.malloc(100);
        block = Hbw.realloc(block, 100_000);
        System.out.println("owner " + MemoryKind.detect(block).orElseThrow().name());
        System.out.println("usable " + (Hbw.usableSize(block) >= 100_000));
        Hbw.free(block);
        Hbw.free(Hbw.calloc(10, 10));
        long aligned = Hbw.memalign(8192, 10);
        System.out.println("aligned " + (aligned % 8192 == 0));
        Hbw.free(aligned);
        Hbw.free(0);
        MemorySegment segment = Hbw.allocate(1 << 20, 4096);
        System.out.println("untouched " + Hbw.verify(segment, false));
        segment.set(ValueLayout.JAVA_BYTE, 0, (byte) 42);
        System.out.println("part " + Hbw.verify(segment, false));
        System.out.println("touched " + Hbw.verify(segment, true));
        System.out.println("still " + Hbw.verify(segment, false));
        System.out.println("content " + segment.get(ValueLayout.JAVA_BYTE, 0));
        Hbw.free(segment);
        MemorySegment other = Kinds.DEFAULT.allocate(100, 1);
        System.out.println("default " + Hbw.verify(other, true));
        Kinds.DEFAULT.free(other);
    }
}
