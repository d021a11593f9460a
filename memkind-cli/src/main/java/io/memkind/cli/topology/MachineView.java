package io.memkind.cli.topology;

import io.memkind.measure.MeasuredAttributes;
import io.memkind.topology.NodeVerdict;
import io.memkind.topology.Topology;
import java.util.List;
import java.util.Optional;

/**
 * A machine, and what is known of it from elsewhere than its firmware.
 *
 * @param firmware the machine as its firmware describes it
 * @param used the machine as kinds see it, perhaps with measured speeds
 * @param verdicts what memory each node of {@code used} has, in their order
 * @param measured what was measured, be it used or not; empty if nothing was
 * @param captured whether it is a captured tree and not the running machine
 */
public record MachineView(
        Topology firmware,
        Topology used,
        List<NodeVerdict> verdicts,
        Optional<MeasuredAttributes> measured,
        boolean captured) {
    /** Copies the list. */
    public MachineView {
        verdicts = List.copyOf(verdicts);
    }
}
