package io.memkind.cli.trace;

import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongConsumer;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Inflates a stream of exactly one gzip member (RFC 1952) and checks all of it.
 *
 * <p>{@link java.util.zip.GZIPInputStream} takes whatever follows the member for its end; here it is an error.
 */
final class GzipMember implements AutoCloseable {
    private static final int BUFFER_BYTES = 1 << 16;
    private static final int DEFLATE = 8;
    private static final int HEADER_CRC = 2;
    private static final int EXTRA = 4;
    private static final int NAME = 8;
    private static final int COMMENT = 16;
    private static final int RESERVED = 0xe0;
    private static final String TRUNCATED = "the gzip data are truncated";

    private final InputStream compressed;
    private final LongConsumer readListener;
    private final Inflater inflater = new Inflater(true);
    private final CRC32 contentCrc = new CRC32();
    private final CRC32 headerCrc = new CRC32();
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int position;
    private int limit;
    private long inflatedByteCount;
    private boolean ended;

    /** The listener is told, now and then, how many compressed bytes were just read. */
    GzipMember(InputStream compressed, LongConsumer readListener) throws TraceException {
        this.compressed = compressed;
        this.readListener = readListener;
        boolean valid = false;
        try {
            readHeader();
            valid = true;
        } finally {
            if (!valid) {
                inflater.end();
            }
        }
        inflater.setInput(buffer, position, limit - position);
    }

    private void readHeader() throws TraceException {
        if (next() != 0x1f || next() != 0x8b) {
            throw new TraceException("not a gzip file");
        }
        headerCrc.update(0x1f);
        headerCrc.update(0x8b);
        if (required() != DEFLATE) {
            throw new TraceException("a gzip file of an unknown compression method");
        }
        int flags = required();
        if ((flags & RESERVED) != 0) {
            throw new TraceException("the gzip header has unknown flags");
        }
        skip(6);
        if ((flags & EXTRA) != 0) {
            skip(requiredShort());
        }
        if ((flags & NAME) != 0) {
            skipText();
        }
        if ((flags & COMMENT) != 0) {
            skipText();
        }
        if ((flags & HEADER_CRC) != 0) {
            int expected = (int) headerCrc.getValue() & 0xffff;
            if (requiredShort() != expected) {
                throw new TraceException("the gzip header has a CRC error");
            }
        }
    }

    private int requiredShort() throws TraceException {
        int low = required();
        return low | (required() << 8);
    }

    private long requiredInt() throws TraceException {
        int low = requiredShort();
        return low | ((long) requiredShort() << 16);
    }

    private void skip(int byteCount) throws TraceException {
        for (int i = 0; i < byteCount; i++) {
            required();
        }
    }

    private void skipText() throws TraceException {
        while (required() != 0) {
            continue;
        }
    }

    private int required() throws TraceException {
        int value = next();
        if (value < 0) {
            throw new TraceException(TRUNCATED);
        }
        headerCrc.update(value);
        return value;
    }

    /** The next byte of the file, or -1 at its end. */
    private int next() throws TraceException {
        if (position == limit && !fill()) {
            return -1;
        }
        return buffer[position++] & 0xff;
    }

    private boolean fill() throws TraceException {
        try {
            int count = compressed.read(buffer);
            position = 0;
            limit = Math.max(count, 0);
            readListener.accept(limit);
            return limit > 0;
        } catch (IOException e) {
            throw new TraceException("cannot be read: " + TraceReader.reasonOf(e), e);
        }
    }

    /** Fills the target with 1 or more bytes; -1 after the end, when checksum and length have turned out right. */
    int read(byte[] target) throws TraceException {
        while (!ended) {
            int count = inflate(target);
            if (count > 0) {
                contentCrc.update(target, 0, count);
                inflatedByteCount += count;
                return count;
            }
            if (inflater.finished()) {
                position = limit - inflater.getRemaining();
                readTrailer();
                ended = true;
            } else if (!inflater.needsInput()) {
                throw new TraceException("the gzip data are corrupt");
            } else if (fill()) {
                inflater.setInput(buffer, 0, limit);
            } else {
                throw new TraceException(TRUNCATED);
            }
        }
        return -1;
    }

    private int inflate(byte[] target) throws TraceException {
        try {
            return inflater.inflate(target);
        } catch (DataFormatException e) {
            throw new TraceException("the gzip data are corrupt: " + e.getMessage(), e);
        }
    }

    private void readTrailer() throws TraceException {
        if (requiredInt() != contentCrc.getValue()) {
            throw new TraceException("the gzip data have a CRC error");
        }
        if (requiredInt() != (inflatedByteCount & 0xffffffffL)) {
            throw new TraceException("the gzip data have a wrong length");
        }
        if (next() >= 0) {
            throw new TraceException("there are bytes after the end of the gzip data");
        }
    }

    @Override
    public void close() {
        inflater.end();
    }
}
