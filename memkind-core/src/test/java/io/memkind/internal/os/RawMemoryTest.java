package io.memkind.internal.os;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RawMemoryTest {
    private static final long SEED = 20_260_801;

    private final MappedMemory mapping = MappedMemory.ofPages(4);
    private final long base = mapping.address();
    private final Random random = new Random(SEED);

    @AfterEach
    void unmap() {
        mapping.close();
    }

    @Test
    void readsBackWhatItWrote() {
        for (int i = 0; i < 1000; i++) {
            long address = base + 8L * random.nextInt(2000);
            long value = random.nextLong();
            RawMemory.putLong(address, value);
            assertThat(RawMemory.getLong(address)).as("seed %d", SEED).isEqualTo(value);
            assertThat(RawMemory.getLongOpaque(address)).as("seed %d", SEED).isEqualTo(value);
            RawMemory.putInt(address, (int) ~value);
            assertThat(RawMemory.getInt(address)).as("seed %d", SEED).isEqualTo((int) ~value);
            assertThat(RawMemory.getInt(address + 4)).as("seed %d", SEED).isEqualTo((int) (value >>> 32));
        }
    }

    @Test
    void zeroesTheRangeAndNoByteBeside() {
        for (int size = 0; size < 300; size++) {
            int offset = 8 + random.nextInt(100);
            MemorySegment segment = RawMemory.segment(base, 512);
            segment.fill((byte) 0x77);
            RawMemory.zero(base + offset, size);
            for (int i = 0; i < 512; i++) {
                boolean inside = i >= offset && i < offset + size;
                assertThat(segment.get(ValueLayout.JAVA_BYTE, i))
                        .as("byte %d after zeroing %d bytes at %d, seed %d", i, size, offset, SEED)
                        .isEqualTo((byte) (inside ? 0 : 0x77));
            }
        }
    }

    @Test
    void copiesTheRangeAndNoByteBeside() {
        byte[] content = new byte[300];
        random.nextBytes(content);
        MemorySegment.copy(content, 0, RawMemory.segment(base, 300), ValueLayout.JAVA_BYTE, 0, 300);
        MemorySegment target = RawMemory.segment(base + 4096, 512);
        for (int size = 0; size < 300; size++) {
            target.fill((byte) 0x77);
            RawMemory.copy(base, base + 4096 + 16, size);
            byte[] copied = target.asSlice(16, size).toArray(ValueLayout.JAVA_BYTE);
            assertThat(copied).as("seed %d", SEED).isEqualTo(Arrays.copyOf(content, size));
            assertThat(target.get(ValueLayout.JAVA_BYTE, 15)).isEqualTo((byte) 0x77);
            assertThat(target.get(ValueLayout.JAVA_BYTE, 16 + size)).isEqualTo((byte) 0x77);
        }
    }

    @Test
    void givesASegmentOfTheMemoryItself() {
        MemorySegment segment = RawMemory.segment(base + 64, 128);

        assertThat(segment.address()).isEqualTo(base + 64);
        assertThat(segment.byteSize()).isEqualTo(128);
        assertThat(segment.isAccessibleBy(new Thread(() -> {}))).isTrue();
        segment.set(ValueLayout.JAVA_LONG, 8, 42);
        assertThat(RawMemory.getLong(base + 72)).isEqualTo(42);
    }

    @Test
    void updatesAtomicallyAndAnswersTheOldValue() {
        RawMemory.putLong(base, 0b1100);
        assertThat(RawMemory.getAndOrLong(base, 0b0110)).isEqualTo(0b1100);
        assertThat(RawMemory.getAndSetLong(base, Long.MIN_VALUE)).isEqualTo(0b1110);
        assertThat(RawMemory.getLong(base)).isEqualTo(Long.MIN_VALUE);

        RawMemory.putLong(base, -1L << 32);
        assertThat(RawMemory.getAndOrInt(base, 0b1010)).isZero();
        assertThat(RawMemory.getAndAndInt(base, 0b0011)).isEqualTo(0b1010);
        assertThat(RawMemory.getLong(base)).isEqualTo((-1L << 32) | 0b0010);
    }

    @Test
    void losesNoBitOfConcurrentUpdates() throws InterruptedException {
        Thread[] threads = new Thread[4];
        for (int t = 0; t < threads.length; t++) {
            int first = t;
            threads[t] = new Thread(() -> {
                for (int word = 0; word < 512; word++) {
                    for (int bit = first; bit < 64; bit += 4) {
                        RawMemory.getAndOrLong(base + 8L * word, 1L << bit);
                    }
                    RawMemory.getAndOrInt(base + 8192 + 4L * word, 1 << first);
                    RawMemory.getAndAndInt(base + 12288 + 4L * word, ~(1 << first));
                }
            });
        }
        RawMemory.segment(base + 12288, 2048).fill((byte) 0xff);
        for (Thread thread : threads) {
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        for (int word = 0; word < 512; word++) {
            assertThat(RawMemory.getLong(base + 8L * word)).isEqualTo(-1L);
            assertThat(RawMemory.getInt(base + 8192 + 4L * word)).isEqualTo(0b1111);
            assertThat(RawMemory.getInt(base + 12288 + 4L * word)).isEqualTo(~0b1111);
        }
    }
}
