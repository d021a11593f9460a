package io.memkind.cli.trace;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/** Writes traces event by event, right or wrong: nothing is checked, and the header can be made to lie. */
public final class TraceWriter {
    private final ByteArrayOutputStream events = new ByteArrayOutputStream();
    private long threadCount;
    private long slotCount;
    private long eventCount;

    /** An allocation or a realloc. */
    public TraceWriter event(int operation, int thread, int slot, long byteSize) {
        begin(operation, thread, slot);
        varint(byteSize);
        return this;
    }

    public TraceWriter aligned(int thread, int slot, long byteSize, long byteAlignment) {
        event(Operation.ALIGNED, thread, slot, byteSize);
        varint(byteAlignment);
        return this;
    }

    public TraceWriter free(int thread, int slot) {
        begin(Operation.FREE, thread, slot);
        return this;
    }

    private void begin(int operation, int thread, int slot) {
        events.write(operation);
        varint(thread);
        varint(slot);
        threadCount = Math.max(threadCount, thread + 1L);
        slotCount = Math.max(slotCount, slot + 1L);
        eventCount++;
    }

    /** Bytes that are no event, or part of one. */
    public TraceWriter raw(int... bytes) {
        for (int value : bytes) {
            events.write(value);
        }
        return this;
    }

    public TraceWriter varint(long value) {
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            events.write((int) (rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        events.write((int) rest);
        return this;
    }

    /** Has the header claim this instead of the truth. */
    public TraceWriter claim(long threads, long slots, long eventsClaimed) {
        threadCount = threads;
        slotCount = slots;
        eventCount = eventsClaimed;
        return this;
    }

    public long eventCount() {
        return eventCount;
    }

    /** What is inside the gzip stream. */
    public byte[] content() {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        content.writeBytes("MKTRACE1".getBytes(StandardCharsets.US_ASCII));
        fixed(content, threadCount, 4);
        fixed(content, slotCount, 4);
        fixed(content, eventCount, 8);
        content.writeBytes(events.toByteArray());
        return content.toByteArray();
    }

    private static void fixed(ByteArrayOutputStream target, long value, int byteCount) {
        for (int i = 0; i < byteCount; i++) {
            target.write((int) (value >>> (8 * i)) & 0xff);
        }
    }

    public byte[] file() {
        return gzip(content());
    }

    public Path writeTo(Path file) {
        try {
            return Files.write(file, file());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static byte[] gzip(byte[] content) {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
            gzip.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return compressed.toByteArray();
    }
}
