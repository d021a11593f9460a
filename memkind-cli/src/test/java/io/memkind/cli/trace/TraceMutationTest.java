package io.memkind.cli.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Random damage to valid traces: a trace comes out, or the one exception that is allowed. */
final class TraceMutationTest {
    private static final int ROUND_COUNT = 3000;

    @Test
    void damagedFiles() {
        byte[] file = RandomTraces.writer(5, 300, 3).file();
        int refusedCount = 0;
        for (long seed = 0; seed < ROUND_COUNT; seed++) {
            refusedCount += isRefused(seed, damaged(file, new Random(seed))) ? 1 : 0;
        }
        // Some bytes of a gzip header (its time, the name of the system) mean nothing.
        assertThat(refusedCount).isGreaterThan(ROUND_COUNT * 8 / 10);
    }

    @Test
    void damagedContent() {
        byte[] content = RandomTraces.writer(6, 300, 3).content();
        int refusedCount = 0;
        for (long seed = 0; seed < ROUND_COUNT; seed++) {
            byte[] file = TraceWriter.gzip(damaged(content, new Random(seed)));
            refusedCount += isRefused(seed, file) ? 1 : 0;
        }
        assertThat(refusedCount).isBetween(ROUND_COUNT / 2, ROUND_COUNT);
    }

    @Test
    void everyTruncation() {
        byte[] file = RandomTraces.writer(7, 100, 2).file();
        byte[] content = RandomTraces.writer(7, 100, 2).content();
        for (int length = 0; length < file.length; length++) {
            assertThat(isRefused(length, Arrays.copyOf(file, length)))
                    .as("file of %d bytes", length)
                    .isTrue();
        }
        for (int length = 0; length < content.length; length++) {
            byte[] truncated = TraceWriter.gzip(Arrays.copyOf(content, length));
            assertThat(isRefused(length, truncated))
                    .as("content of %d bytes", length)
                    .isTrue();
        }
    }

    private static byte[] damaged(byte[] bytes, Random random) {
        byte[] changed = random.nextInt(8) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes.clone();
        int changeCount = 1 + random.nextInt(3);
        for (int i = 0; i < changeCount && changed.length > 0; i++) {
            int index = random.nextInt(changed.length);
            int bit = 1 << random.nextInt(8);
            changed[index] = (byte) (random.nextBoolean() ? changed[index] ^ bit : random.nextInt(256));
        }
        return changed;
    }

    private static boolean isRefused(long seed, byte[] file) {
        try {
            Trace trace = new TraceReader(1 << 20).read(new ByteArrayInputStream(file), byteCount -> {});
            assertThat(trace.events().eventCount()).isLessThanOrEqualTo(1 << 20);
            return false;
        } catch (TraceException e) {
            assertThat(e.getMessage()).as("seed %d", seed).isNotBlank().doesNotContain("\n");
            return true;
        } catch (RuntimeException e) {
            throw new AssertionError("seed " + seed, e);
        }
    }
}
