package io.memkind.cli.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each way a file can be wrong, and the line that says so. */
final class TraceCorruptionTest {
    @TempDir
    private Path directory;

    static Stream<Arguments> files() {
        byte[] valid = one().file();
        return Stream.of(
                Arguments.of("empty file", new byte[0], "not a gzip file"),
                Arguments.of("text", "hello".getBytes(StandardCharsets.US_ASCII), "not a gzip file"),
                Arguments.of("compress method", with(valid, 2, 7), "unknown compression method"),
                Arguments.of("reserved flags", with(valid, 3, 0x40), "unknown flags"),
                Arguments.of("cut header", Arrays.copyOf(valid, 5), "truncated"),
                Arguments.of("cut data", Arrays.copyOf(valid, 14), "truncated"),
                Arguments.of("cut trailer", Arrays.copyOf(valid, valid.length - 1), "truncated"),
                Arguments.of("CRC", with(valid, valid.length - 8, valid[valid.length - 8] ^ 1), "CRC error"),
                Arguments.of("length", with(valid, valid.length - 4, valid[valid.length - 4] ^ 1), "wrong length"),
                Arguments.of("trailing byte", Arrays.copyOf(valid, valid.length + 1), "after the end of the gzip"),
                Arguments.of("second member", twice(valid), "after the end of the gzip"),
                Arguments.of("bad deflate", with(valid, 10, 0xff), "corrupt"),
                Arguments.of("bad magic", TraceWriter.gzip("MKTRACE2".getBytes(StandardCharsets.US_ASCII)), "MKTRACE1"),
                Arguments.of("no header", TraceWriter.gzip(Arrays.copyOf(one().content(), 20)), "is truncated"),
                Arguments.of("cut event", TraceWriter.gzip(Arrays.copyOf(one().content(), 26)), "is truncated"),
                Arguments.of("byte after the last event", one().raw(0).file(), "after the last event"));
    }

    static Stream<Arguments> traces() {
        return Stream.of(
                Arguments.of("too many events claimed", one().claim(1, 1, 2), "event 1 of 2: the trace is truncated"),
                Arguments.of("2^63 events claimed", one().claim(1, 1, 1L << 63), "9223372036854775808 events"),
                Arguments.of("2^29 events claimed", one().claim(1, 1, 1L << 29), "event 1 of 536870912"),
                Arguments.of("too few events claimed", one().claim(1, 1, 0), "the header lies"),
                Arguments.of("more threads than events", one().claim(2, 1, 1), "2 threads, but 1 events"),
                Arguments.of("2^32-1 threads", one().claim(0xffffffffL, 1, 1), "4294967295 threads"),
                Arguments.of("4097 threads", one().claim(4097, 1, 5000), "4097 threads, more than 4096"),
                Arguments.of("more slots than events", one().claim(1, 0xffffffffL, 1), "4294967295 slots"),
                Arguments.of("unused threads", one().free(0, 0).claim(2, 1, 2), "2 threads, but the events use 1"),
                Arguments.of("unused slots", one().free(0, 0).claim(1, 2, 2), "2 slots, but the events use 1"),
                Arguments.of("operation 5", one().event(5, 0, 1, 8), "unknown operation 5"),
                Arguments.of("operation 255", one().event(255, 0, 1, 8), "unknown operation 255"),
                Arguments.of("thread out of range", one().free(1, 0).claim(1, 1, 2), "thread 1 is out of range"),
                Arguments.of("thread before its time", one().free(2, 0).claim(2, 1, 2), "thread 2 is out of range"),
                Arguments.of("threads out of order", outOfOrder(), "thread 2 appears before thread 1"),
                Arguments.of("slot out of range", one().event(0, 0, 1, 8).claim(1, 1, 2), "slot 1 is out of range"),
                Arguments.of("slot 2^64-1", hugeSlot(), "slot 18446744073709551615 is out of range"),
                Arguments.of(
                        "free of an empty slot", one().free(0, 0).free(0, 0), "event 2 of 3: free of slot 0, which"),
                Arguments.of("free of an unused slot", one().free(0, 1), "free of slot 1, which is empty"),
                Arguments.of("realloc of an empty slot", one().event(2, 0, 1, 8), "realloc of slot 1, which is empty"),
                Arguments.of("full slot", one().event(0, 0, 0, 8), "slot 0, which is full"),
                Arguments.of("a gap", one().event(0, 0, 2, 8).claim(1, 2, 2).raw(), "slot 2 is out of range"),
                Arguments.of("not the lowest", notTheLowest(), "slot 2, but 0 is the lowest empty one"),
                Arguments.of("not the next", one().event(0, 0, 2, 8).event(0, 0, 1, 8), "slot 2, but 1 is the lowest"),
                Arguments.of("size 0", new TraceWriter().event(0, 0, 0, 0), "a size of 0 bytes"),
                Arguments.of("realloc to 0", one().event(2, 0, 0, 0), "a size of 0 bytes"),
                Arguments.of(
                        "size 2^47", new TraceWriter().event(0, 0, 0, 1L << 47), "a size of 140737488355328 bytes"),
                Arguments.of("size 2^64-1", new TraceWriter().event(0, 0, 0, -1), "18446744073709551615 bytes"),
                Arguments.of("2^47 bytes live", tooMuchLive(), "more than can be addressed"),
                Arguments.of("alignment 0", new TraceWriter().aligned(0, 0, 8, 0), "an alignment of 0 bytes"),
                Arguments.of("alignment 24", new TraceWriter().aligned(0, 0, 8, 24), "an alignment of 24 bytes"),
                Arguments.of("alignment 2^41", new TraceWriter().aligned(0, 0, 8, 1L << 41), "an alignment of 2199023"),
                Arguments.of("alignment 2^63", new TraceWriter().aligned(0, 0, 8, 1L << 63), "an alignment of 922337"),
                Arguments.of("65 bits", longNumber(2), "longer than 64 bits"),
                Arguments.of("11 bytes", longNumber(0x80), "longer than 64 bits"));
    }

    private static TraceWriter one() {
        return new TraceWriter().event(Operation.MALLOC, 0, 0, 100);
    }

    private static TraceWriter outOfOrder() {
        return one().event(0, 2, 1, 8).event(0, 1, 2, 8);
    }

    private static TraceWriter notTheLowest() {
        return one().event(0, 0, 1, 8).free(0, 0).event(0, 0, 2, 8);
    }

    private static TraceWriter tooMuchLive() {
        long most = (1L << 47) - 1;
        return new TraceWriter().event(0, 0, 0, most).event(0, 0, 1, most).event(0, 0, 2, most);
    }

    private static TraceWriter hugeSlot() {
        return one().raw(Operation.FREE, 0).varint(-1).claim(1, 1, 2);
    }

    /** A free whose slot is a number of nine continued bytes and this one. */
    private static TraceWriter longNumber(int tenthByte) {
        int[] bytes = new int[9];
        Arrays.fill(bytes, 0x80);
        return one().raw(Operation.FREE, 0).raw(bytes).raw(tenthByte, 0).claim(1, 1, 2);
    }

    private static byte[] with(byte[] file, int index, int value) {
        byte[] changed = file.clone();
        changed[index] = (byte) value;
        return changed;
    }

    private static byte[] twice(byte[] file) {
        byte[] doubled = Arrays.copyOf(file, 2 * file.length);
        System.arraycopy(file, 0, doubled, file.length, file.length);
        return doubled;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("files")
    void badFile(String name, byte[] file, String line) {
        assertThatThrownBy(() -> new TraceReader(Long.MAX_VALUE).read(new ByteArrayInputStream(file), byteCount -> {}))
                .as(name)
                .isExactlyInstanceOf(TraceException.class)
                .hasMessageContaining(line);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("traces")
    void badTrace(String name, TraceWriter trace, String line) {
        badFile(name, trace.file(), line);
    }

    @Test
    void filesThatCannotBeRead() throws IOException {
        assertUnreadable(directory, "is a directory");
        assertUnreadable(directory.resolve("missing"), "no such file");
        // Even root cannot read a process's memory at address 0.
        Path memory = Path.of("/proc/self/mem");
        assertThat(Files.exists(memory)).isTrue();
        assertUnreadable(memory, "cannot be read: ");
    }

    private static void assertUnreadable(Path file, String line) {
        assertThatThrownBy(() -> new TraceReader(10).read(file, byteCount -> {}))
                .isExactlyInstanceOf(TraceException.class)
                .hasMessageContaining(line);
    }
}
