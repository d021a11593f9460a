package io.memkind.cli.replay;

/**
 * How to replay.
 *
 * @param threaded with the threads of the recorded program, else all on one thread in the order of the trace
 * @param verifying with every byte written and checked
 * @param touching with a byte written in each page of new memory
 * @param repeatCount timed passes, at least 1
 */
public record ReplayOptions(boolean threaded, boolean verifying, boolean touching, int repeatCount) {}
