package io.memkind.measure;

import io.memkind.topology.Topology;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What was measured of a machine. Immutable, so any thread may use it.
 *
 * @param measuredAt when
 * @param pairs one for each node with processors and each node with memory, ordered by their ids
 */
public record MeasuredAttributes(Instant measuredAt, List<MeasuredPair> pairs) {
    /** Copies the list. */
    public MeasuredAttributes {
        Objects.requireNonNull(measuredAt, "measuredAt");
        pairs = List.copyOf(pairs);
    }

    /**
     * What was measured from one node to another.
     *
     * @param initiator id of the node with processors
     * @param target id of the node with memory
     * @return empty if there is no such pair
     */
    public Optional<MeasuredPair> pair(int initiator, int target) {
        return pairs.stream()
                .filter(pair -> pair.initiator() == initiator && pair.target() == target)
                .findFirst();
    }

    /**
     * Whether anything at all was measured.
     *
     * @return false if there is a reason in place of the values of each pair
     */
    public boolean hasValues() {
        return pairs.stream().anyMatch(MeasuredPair::measured);
    }

    /**
     * This measurement, with the values of an older one for the pairs that this one could not measure: a process that may
     * use less of the machine must not undo what another has found out.
     *
     * @param older a measurement of the same machine
     * @return all that is known; the time is this one's
     */
    public MeasuredAttributes completedBy(MeasuredAttributes older) {
        Objects.requireNonNull(older, "older");
        return new MeasuredAttributes(
                measuredAt,
                pairs.stream()
                        .map(pair -> pair.measured()
                                ? pair
                                : older.pair(pair.initiator(), pair.target())
                                        .filter(MeasuredPair::measured)
                                        .orElse(pair))
                        .toList());
    }

    /**
     * The machine with what was measured as its performance attributes, so that everything that goes by the firmware's goes
     * by these. A pure function.
     *
     * <p>A node gets attributes of access class 1, of origin {@link io.memkind.topology.AttributeOrigin#MEASURED}, in the
     * units of the firmware's. They hold from its best initiators: those that the firmware names; else the node itself, if
     * it has processors; else the nodes whose latency is the least, a tenth tolerated. Of several, the values are the worst
     * ones: the least bandwidth and the greatest latency. A node with processors whose own pair was not measured gets none.
     *
     * @param topology the machine that was measured
     * @param precedence which values go first
     * @return the machine; the same object if nothing changes
     */
    public Topology applyTo(Topology topology, Precedence precedence) {
        return new MeasuredNodes(this).applyTo(topology, Objects.requireNonNull(precedence, "precedence"));
    }
}
