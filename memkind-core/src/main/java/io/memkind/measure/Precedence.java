package io.memkind.measure;

/** Which values go first where both the firmware's and measured ones are there. */
public enum Precedence {
    /**
     * The firmware's: measured values are used only if the firmware tells no bandwidth and no latency, for both directions, of any node, since a value of a data sheet
     * and one that a program reached cannot be compared.
     */
    FIRMWARE_WINS,
    /** Measured ones: the firmware's stay for nodes of which nothing was measured. */
    MEASURED_WINS
}
