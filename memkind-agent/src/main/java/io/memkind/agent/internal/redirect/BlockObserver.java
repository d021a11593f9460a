package io.memkind.agent.internal.redirect;

/** Is told of blocks of targets. Called inside a hook: what it allocates itself is the JVM's. Thread-safe. */
public interface BlockObserver {
    /**
     * How many bytes of requests to let pass before the next one is told, drawn anew each time.
     *
     * @return bytes, more than 0
     */
    double nextGap();

    /**
     * A block was allocated, and chosen as a sample.
     *
     * @param address its address
     * @param byteSize the size that was asked for
     */
    void sampled(long address, long byteSize);

    /**
     * A block, sampled or not, is about to be freed.
     *
     * @param address its address
     */
    void freeing(long address);
}
