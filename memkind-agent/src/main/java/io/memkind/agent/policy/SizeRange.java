package io.memkind.agent.policy;

/**
 * Sizes of requests, both ends included.
 *
 * @param least in bytes
 * @param most in bytes; less than {@code least} if no size is meant
 */
public record SizeRange(long least, long most) {
    /** Every size. */
    public static final SizeRange ALL = new SizeRange(0, Long.MAX_VALUE);

    /**
     * Whether a size is in the range.
     *
     * @param byteSize size in bytes
     * @return true if it is
     */
    public boolean contains(long byteSize) {
        return byteSize >= least && byteSize <= most;
    }

    /**
     * Understands a range.
     *
     * @param text {@code A..B}, {@code A..}, {@code ..B} or {@code A} alone: whole numbers of bytes, or of KiB, MiB, GiB, TiB with
     *     K, M, G, T behind them
     * @return the range
     * @throws PolicyException if it is none, or empty
     */
    public static SizeRange parse(String text) {
        int dots = text.indexOf("..");
        if (dots < 0) {
            long exact = ByteSize.parse(text);
            return new SizeRange(exact, exact);
        }
        String first = text.substring(0, dots);
        String last = text.substring(dots + 2);
        if (first.isEmpty() && last.isEmpty()) {
            throw new PolicyException("'..' is no range of sizes; give an end of it, such as 1M.. or 64K..1M");
        }
        SizeRange range = new SizeRange(
                first.isEmpty() ? 0 : ByteSize.parse(first), last.isEmpty() ? Long.MAX_VALUE : ByteSize.parse(last));
        if (range.most < range.least) {
            throw new PolicyException("no size is in the range '" + text + "'; put the smaller end first");
        }
        return range;
    }

    @Override
    public String toString() {
        return least + ".." + (most == Long.MAX_VALUE ? "" : most);
    }
}
