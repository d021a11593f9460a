package io.memkind.bench;

/** A comparison cannot go on; the message says why. */
final class BenchmarkFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    BenchmarkFailure(String message) {
        super(message);
    }
}
