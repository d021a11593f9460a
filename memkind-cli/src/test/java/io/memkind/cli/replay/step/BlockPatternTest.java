package io.memkind.cli.replay.step;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import org.junit.jupiter.api.Test;

final class BlockPatternTest {
    private static final int MAX_BYTE_SIZE = 41;

    @Test
    void findsEachChangedBit() {
        try (Arena arena = Arena.ofConfined()) {
            long address = arena.allocate(64, 16).address();
            for (long byteSize = 1; byteSize <= MAX_BYTE_SIZE; byteSize++) {
                BlockPattern.write(7, address, 0, byteSize);
                assertThat(BlockPattern.firstDifference(7, address, byteSize)).isEqualTo(-1);
                for (long offset = 0; offset < byteSize; offset++) {
                    byte right = AddressSpace.getByte(address + offset);
                    assertThat(right).isEqualTo(BlockPattern.expected(7, offset));
                    for (int bit = 0; bit < 8; bit++) {
                        AddressSpace.putByte(address + offset, (byte) (right ^ 1 << bit));
                        assertThat(BlockPattern.firstDifference(7, address, byteSize))
                                .isEqualTo(offset);
                    }
                    AddressSpace.putByte(address + offset, right);
                }
            }
        }
    }

    @Test
    void writesNothingBeyondTheBlock() {
        try (Arena arena = Arena.ofConfined()) {
            long address = arena.allocate(64, 16).address();
            for (long byteSize = 0; byteSize <= MAX_BYTE_SIZE; byteSize++) {
                AddressSpace.putByte(address + byteSize, (byte) 0x55);
                BlockPattern.write(byteSize, address, 0, byteSize);
                assertThat(AddressSpace.getByte(address + byteSize)).isEqualTo((byte) 0x55);
            }
        }
    }

    @Test
    void goesOnWhereAnotherWriteEnded() {
        try (Arena arena = Arena.ofConfined()) {
            long address = arena.allocate(64, 16).address();
            for (long keptByteSize = 1; keptByteSize < MAX_BYTE_SIZE; keptByteSize++) {
                BlockPattern.write(3, address, 0, keptByteSize);
                BlockPattern.write(3, address, keptByteSize, MAX_BYTE_SIZE);
                assertThat(BlockPattern.firstDifference(3, address, MAX_BYTE_SIZE))
                        .isEqualTo(-1);
            }
        }
    }

    @Test
    void differsBetweenObjectsAndOffsets() {
        for (long object = 0; object < 1000; object++) {
            int equalCount = 0;
            for (long offset = 0; offset < 64; offset++) {
                equalCount +=
                        BlockPattern.expected(object, offset) == BlockPattern.expected(object + 1, offset) ? 1 : 0;
                equalCount +=
                        BlockPattern.expected(object, offset) == BlockPattern.expected(object, offset + 16) ? 1 : 0;
            }
            assertThat(equalCount).as("object %d", object).isLessThan(40);
        }
    }

    @Test
    void findsTheFirstByteThatIsNotZero() {
        try (Arena arena = Arena.ofConfined()) {
            long address = arena.allocate(64, 16).address();
            for (long offset = 0; offset < MAX_BYTE_SIZE; offset++) {
                AddressSpace.putByte(address + offset, (byte) 0x80);
                assertThat(BlockPattern.firstNonZero(address, offset)).isEqualTo(-1);
                assertThat(BlockPattern.firstNonZero(address, MAX_BYTE_SIZE)).isEqualTo(offset);
                AddressSpace.putByte(address + offset, (byte) 0);
            }
        }
    }
}
