package io.memkind.internal.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.memkind.Seeds;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamReaderTest {
    @ParameterizedTest
    @ValueSource(longs = {64, 4096, 256 << 10, (256 << 10) + 64, (700 << 10)})
    void readsEveryWordOnceARound(long byteSize) {
        Random random = Seeds.random(0);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment memory = arena.allocate(byteSize, 64);
            long expected = 0;
            for (long i = 0; i < byteSize / 8; i++) {
                long word = random.nextLong();
                memory.setAtIndex(ValueLayout.JAVA_LONG, i, word);
                expected += word;
            }
            StreamReader reader = new StreamReader(memory.address(), byteSize);
            for (int round = 1; round <= 3; round++) {
                long read = 0;
                while (read < byteSize) {
                    int chunk = reader.readChunk();
                    assertThat(chunk).isBetween(64, StreamReader.CHUNK_BYTE_SIZE);
                    read += chunk;
                }
                assertThat(read).isEqualTo(byteSize);
                assertThat(reader.checksum()).as(Seeds.describe(0)).isEqualTo(expected * round);
            }
        }
    }
}
