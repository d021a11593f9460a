package io.memkind.agent.policy;

import io.memkind.attribute.NodePolicy;
import io.memkind.attribute.PageKind;
import io.memkind.tier.TierPolicy;
import io.memkind.tier.TierThreshold;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Memory that a policy names: described, not opened. */
public sealed interface TargetSpec {
    /** What the JVM would have done without the agent. */
    record Jvm() implements TargetSpec {}

    /**
     * A static kind.
     *
     * @param kindName its full name
     * @param limitBytes the most that it may hold; 0 for no limit
     */
    record OfKind(String kindName, long limitBytes) implements TargetSpec {}

    /**
     * Nodes.
     *
     * @param nodes their ids
     * @param policy how memory is spread over them
     * @param pages its pages
     * @param limitBytes the most that it may hold; 0 for no limit
     */
    record OfNodes(List<Integer> nodes, NodePolicy policy, PageKind pages, long limitBytes) implements TargetSpec {
        /** Copies the list. */
        public OfNodes {
            nodes = List.copyOf(nodes);
        }
    }

    /**
     * A temporary file in a directory.
     *
     * @param directory where
     * @param limitBytes the most that it may hold; 0 for no limit
     */
    record OfFile(Path directory, long limitBytes) implements TargetSpec {}

    /**
     * Several of these at once.
     *
     * @param policy how a tier is picked
     * @param shares the tiers in order: neither tiers themselves nor the JVM's memory
     * @param thresholds by index, where they are not the usual ones
     */
    record OfTiers(TierPolicy policy, List<Share> shares, SortedMap<Integer, TierThreshold> thresholds)
            implements TargetSpec {
        /** Copies the collections. */
        public OfTiers {
            shares = List.copyOf(shares);
            thresholds = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(thresholds));
        }
    }

    /**
     * One tier.
     *
     * @param target its memory
     * @param ratio what part of the bytes it is to have, relative to the other tiers
     */
    record Share(TargetSpec target, long ratio) {}
}
