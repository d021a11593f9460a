package io.memkind.cli.trace;

/** The inflated bytes of a trace, one by one. */
final class TraceInput {
    private static final int BUFFER_BYTES = 1 << 16;

    private final GzipMember source;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int position;
    private int limit;

    TraceInput(GzipMember source) {
        this.source = source;
    }

    /** The next byte, or -1 at the end. */
    int next() throws TraceException {
        if (position == limit && !fill()) {
            return -1;
        }
        return buffer[position++] & 0xff;
    }

    private boolean fill() throws TraceException {
        int count = source.read(buffer);
        position = 0;
        limit = Math.max(count, 0);
        return count > 0;
    }

    int required() throws TraceException {
        int value = next();
        if (value < 0) {
            throw new TraceException("the trace is truncated");
        }
        return value;
    }

    /** An unsigned little-endian integer. */
    long fixed(int byteCount) throws TraceException {
        long value = 0;
        for (int i = 0; i < byteCount; i++) {
            value |= (long) required() << (8 * i);
        }
        return value;
    }

    /** An unsigned LEB128 integer of at most 64 bits; from 2^63 up it comes out negative. */
    long varint() throws TraceException {
        int value = required();
        return value < 0x80 ? value : longVarint(value);
    }

    private long longVarint(int first) throws TraceException {
        long value = first & 0x7f;
        int shift = 7;
        int next;
        do {
            next = required();
            if (shift > 63 || (shift == 63 && next > 1)) {
                throw new TraceException("a number is longer than 64 bits");
            }
            value |= (long) (next & 0x7f) << shift;
            shift += 7;
        } while (next >= 0x80);
        return value;
    }
}
