package io.memkind.internal.locality;

import io.memkind.topology.NumaNode;
import java.util.BitSet;
import java.util.OptionalLong;

/** A node with the processors that its memory is near to, and its performance as seen from them. Immutable. */
public final class PlacedNode {
    private final NumaNode node;
    /** The processors that count as local: those of the place in the machine where the node hangs. */
    private final BitSet locality;
    /** The processors from which the values hold: a subset of the locality if that had to be widened. */
    private final BitSet initiators;

    private final Performance performance;

    PlacedNode(NumaNode node, BitSet locality, BitSet initiators, Performance performance) {
        this.node = node;
        this.locality = (BitSet) locality.clone();
        this.initiators = (BitSet) initiators.clone();
        this.performance = performance;
    }

    /** {@return the kernel's number of the node} */
    public int id() {
        return node.id();
    }

    /** {@return what the kernel tells of the node} */
    public NumaNode node() {
        return node;
    }

    /**
     * Whether a node's memory is near to exactly the processors that this one's is near to.
     *
     * @param other the other
     * @return true if so; false if this one is near to none
     */
    public boolean isLocalTo(PlacedNode other) {
        return !locality.isEmpty() && locality.equals(other.locality);
    }

    /**
     * Whether a processor is among those that the memory is near to.
     *
     * @param cpu number of the processor
     * @return true if so
     */
    public boolean isNear(int cpu) {
        return locality.get(cpu);
    }

    /* Adds the processors that the memory is near to; whether one of them was not there yet. */
    boolean addProcessorsTo(BitSet seen) {
        int before = seen.cardinality();
        seen.or(locality);
        return seen.cardinality() > before;
    }

    /**
     * The bandwidth of the memory, without regard to direction.
     *
     * @param initiator whose processors use the memory
     * @return in MiB/s; empty if no value holds for all of those processors
     */
    public OptionalLong bandwidthMiBpsFrom(PlacedNode initiator) {
        return reaches(initiator) ? performance.bandwidthMiBps() : OptionalLong.empty();
    }

    /**
     * The latency of the memory, without regard to direction.
     *
     * @param initiator whose processors use the memory
     * @return in nanoseconds; empty if no value holds for all of those processors
     */
    public OptionalLong latencyNanosFrom(PlacedNode initiator) {
        return reaches(initiator) ? performance.latencyNanos() : OptionalLong.empty();
    }

    private boolean reaches(PlacedNode initiator) {
        return !initiator.locality.isEmpty() && Places.contains(initiators, initiator.locality);
    }

    BitSet locality() {
        return (BitSet) locality.clone();
    }
}
