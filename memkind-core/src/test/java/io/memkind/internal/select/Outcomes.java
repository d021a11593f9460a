package io.memkind.internal.select;

import static org.assertj.core.api.Assertions.assertThat;

import io.memkind.internal.select.Selection.Nodes;
import io.memkind.internal.select.Selection.Unavailable;
import io.memkind.topology.NodeOverrides;
import io.memkind.topology.Topology;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Selections in tests. */
final class Outcomes {
    private Outcomes() {}

    static Selection select(NodeRule rule, Topology topology) {
        return NodeSelector.select(rule, topology, NodeOverrides.NONE);
    }

    /** Such as {@code {0=[2], 1=[3]}}. */
    static String targets(Selection selection) {
        assertThat(selection).isInstanceOf(Nodes.class);
        return ((Nodes) selection).targetsByInitiator().toString();
    }

    static String targets(NodeRule rule, Topology topology) {
        return targets(select(rule, topology));
    }

    static Unavailable unavailable(Selection selection) {
        assertThat(selection).isInstanceOf(Unavailable.class);
        return (Unavailable) selection;
    }

    static Unavailable unavailable(NodeRule rule, Topology topology) {
        return unavailable(select(rule, topology));
    }

    static NodeOverrides hbwNodes(Integer... nodes) {
        return new NodeOverrides(Optional.of(List.of(nodes)), OptionalLong.empty(), Optional.empty());
    }

    static NodeOverrides hbwThreshold(long mibps) {
        return new NodeOverrides(Optional.empty(), OptionalLong.of(mibps), Optional.empty());
    }

    static NodeOverrides daxNodes(Integer... nodes) {
        return new NodeOverrides(Optional.empty(), OptionalLong.empty(), Optional.of(List.of(nodes)));
    }
}
