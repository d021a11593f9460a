package io.memkind.measure;

/** Is told how far a measurement is. */
@FunctionalInterface
public interface MeasurementProgress {
    /**
     * Called on the measuring thread, before each pair and after each round, and not while something is being timed. What
     * it throws ends the measurement.
     *
     * @param initiator id of the node whose processors read now
     * @param target id of the node whose memory they read
     * @param fraction the part of the pairs that is done, 0 to 1
     */
    void at(int initiator, int target, double fraction);
}
