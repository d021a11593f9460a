package io.memkind.agent.internal.redirect;

import java.util.concurrent.atomic.LongAdder;

/** Requests and their bytes, ever since the start. Thread-safe. */
public final class RequestCounter {
    private final LongAdder requests = new LongAdder();
    private final LongAdder bytes = new LongAdder();

    RequestCounter() {}

    void add(long byteSize) {
        requests.increment();
        bytes.add(byteSize);
    }

    /**
     * How many there were.
     *
     * @return the number of requests
     */
    public long requests() {
        return requests.sum();
    }

    /**
     * How large they were.
     *
     * @return the sum of their sizes in bytes
     */
    public long bytes() {
        return bytes.sum();
    }
}
