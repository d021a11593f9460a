package io.memkind.cli.trace;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.LongConsumer;

/**
 * Reads traces. Whatever the bytes of a file are, the outcome is a valid trace or a {@link TraceException}; memory grows
 * with the events that really arrive, up to a limit.
 */
public final class TraceReader {
    /** Event, slot and object numbers have 29 bits in {@link EventWords}. */
    public static final int MAX_EVENT_COUNT = 1 << EventWords.ID_BITS;

    private static final int MAX_ALIGNMENT_SHIFT = 40;
    /** As posix_memalign's: the size of a pointer. */
    private static final long MIN_BYTE_ALIGNMENT = 8;

    private final int maxEventCount;

    /**
     * Makes a reader.
     *
     * @param maxEventCount a trace of more events is refused
     */
    public TraceReader(long maxEventCount) {
        this.maxEventCount = (int) Math.min(maxEventCount, MAX_EVENT_COUNT);
    }

    /**
     * Reads a file.
     *
     * @param file the file
     * @param readListener told, now and then, how many bytes of the file were just read
     * @return the trace
     * @throws TraceException if the file cannot be read or is no valid trace
     */
    public Trace read(Path file, LongConsumer readListener) throws TraceException {
        if (Files.isDirectory(file)) {
            throw new TraceException("is a directory");
        }
        try (InputStream compressed = Files.newInputStream(file)) {
            return read(compressed, readListener);
        } catch (TraceException e) {
            throw e;
        } catch (IOException e) {
            throw new TraceException("cannot be read: " + reasonOf(e), e);
        }
    }

    /**
     * Reads a stream to its end.
     *
     * @param compressed the bytes of a trace file
     * @param readListener told, now and then, how many bytes of the file were just read
     * @return the trace
     * @throws TraceException if the stream cannot be read or is no valid trace
     */
    public Trace read(InputStream compressed, LongConsumer readListener) throws TraceException {
        try (GzipMember member = new GzipMember(compressed, readListener)) {
            return read(new TraceInput(member));
        }
    }

    /** The reason alone: messages of file exceptions are often just the file's name. */
    static String reasonOf(IOException failure) {
        if (failure instanceof NoSuchFileException) {
            return "no such file";
        }
        if (failure instanceof AccessDeniedException) {
            return "permission denied";
        }
        String message = failure instanceof FileSystemException inFile ? inFile.getReason() : failure.getMessage();
        return message == null ? failure.getClass().getSimpleName() : message;
    }

    private Trace read(TraceInput input) throws TraceException {
        TraceHeader header = TraceHeader.read(input, maxEventCount);
        EventStore events = new EventStore();
        SlotTable slots = new SlotTable();
        int threadCount = 0;
        for (int event = 0; event < header.eventCount(); event++) {
            try {
                int thread = readEvent(input, header, event, slots, events);
                if (thread > threadCount) {
                    throw new TraceException("thread " + thread + " appears before thread " + threadCount);
                }
                threadCount = Math.max(threadCount, thread + 1);
            } catch (TraceException e) {
                throw new TraceException("event " + event + " of " + header.eventCount() + ": " + e.getMessage(), e);
            }
        }
        if (input.next() >= 0) {
            throw new TraceException("there are bytes after the last event");
        }
        requireTrue("threads", header.threadCount(), threadCount);
        requireTrue("slots", header.slotCount(), slots.usedSlotCount());
        return new Trace(threadCount, events, slots);
    }

    private static void requireTrue(String what, int claimed, int used) throws TraceException {
        if (claimed != used) {
            throw new TraceException("the header lies: " + claimed + " " + what + ", but the events use " + used);
        }
    }

    /** Returns the event's thread. */
    private static int readEvent(TraceInput input, TraceHeader header, int event, SlotTable slots, EventStore events)
            throws TraceException {
        int operation = input.required();
        if (operation > Operation.ALIGNED) {
            throw new TraceException("unknown operation " + operation);
        }
        int thread = readIndex(input, "thread", header.threadCount());
        int slot = readIndex(input, "slot", header.slotCount());
        if (operation == Operation.FREE) {
            slots.free(slot);
            events.add(EventWords.head(operation, thread, 0), EventWords.tail(slot, 0));
            return thread;
        }
        long byteSize = input.varint();
        if (byteSize <= 0 || byteSize >= 1L << EventWords.BYTE_SIZE_BITS) {
            throw new TraceException("a size of " + Long.toUnsignedString(byteSize) + " bytes");
        }
        long auxiliary = 0;
        if (operation == Operation.REALLOC) {
            auxiliary = EventWords.oldSizeAuxiliary(slots.resize(event, slot, byteSize));
        } else {
            long byteAlignment = operation == Operation.ALIGNED ? readAlignment(input) : 1;
            auxiliary = Long.numberOfTrailingZeros(byteAlignment);
            slots.allocate(event, slot, byteSize, byteAlignment);
        }
        events.add(EventWords.head(operation, thread, byteSize), EventWords.tail(slot, auxiliary));
        return thread;
    }

    private static int readIndex(TraceInput input, String what, int count) throws TraceException {
        long index = input.varint();
        if (Long.compareUnsigned(index, count) >= 0) {
            throw new TraceException(
                    what + " " + Long.toUnsignedString(index) + " is out of range, there are " + count);
        }
        return (int) index;
    }

    private static long readAlignment(TraceInput input) throws TraceException {
        long byteAlignment = input.varint();
        if (Long.bitCount(byteAlignment) != 1 || Long.numberOfTrailingZeros(byteAlignment) > MAX_ALIGNMENT_SHIFT) {
            throw new TraceException("an alignment of " + Long.toUnsignedString(byteAlignment) + " bytes");
        }
        return Math.max(byteAlignment, MIN_BYTE_ALIGNMENT);
    }
}
