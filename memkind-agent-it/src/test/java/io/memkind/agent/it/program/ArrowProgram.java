package io.memkind.agent.it.program;

import java.nio.charset.StandardCharsets;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.VarCharVector;

/** Fills Arrow vectors, which grow meanwhile, and prints what is in them. */
public final class ArrowProgram {
    private ArrowProgram() {}

    public static void main(String[] arguments) {
        try (BufferAllocator allocator = new RootAllocator();
                BigIntVector numbers = new BigIntVector("numbers", allocator);
                VarCharVector words = new VarCharVector("words", allocator)) {
            int count = 1_000_000;
            for (int i = 0; i < count; i++) {
                numbers.setSafe(i, 3L * i);
                words.setSafe(i, Integer.toString(i).getBytes(StandardCharsets.US_ASCII));
            }
            numbers.setValueCount(count);
            words.setValueCount(count);
            long sum = 0;
            long length = 0;
            for (int i = 0; i < count; i++) {
                sum += numbers.get(i);
                length += words.get(i).length;
            }
            System.out.println(sum + " " + length + " " + allocator.getAllocatedMemory());
        }
    }
}
