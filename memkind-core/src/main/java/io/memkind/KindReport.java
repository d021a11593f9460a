package io.memkind;

import io.memkind.attribute.NodePolicy;
import io.memkind.attribute.PageKind;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a kind is on a machine: this one, or one of which the sysfs tree was captured. Immutable.
 *
 * @param name the kind's name
 * @param availability whether the machine can serve it, with reason and remedy if not
 * @param nodes ids of all nodes that its memory may come from, ascending; empty if the kind has no nodes there, is not of
 *     nodes, or the kernel has none
 * @param nodesByInitiator the same seen from each node with processors: the nodes that threads there take memory from
 * @param policy how memory is spread over the nodes
 * @param pages the pages that it is made of, or hopes for
 * @param pageByteSize their size in bytes
 * @param capacityBytes the most that it could ever hold, in use or not; empty if the kind may take memory from everywhere,
 *     or the machine does not tell
 */
public record KindReport(
        String name,
        Availability availability,
        List<Integer> nodes,
        SortedMap<Integer, List<Integer>> nodesByInitiator,
        NodePolicy policy,
        PageKind pages,
        long pageByteSize,
        OptionalLong capacityBytes) {
    /** Copies the collections. */
    public KindReport {
        nodes = List.copyOf(nodes);
        nodesByInitiator = Collections.unmodifiableSortedMap(new TreeMap<>(nodesByInitiator));
    }

    /* The same but for the availability. */
    KindReport but(Availability other) {
        return new KindReport(name, other, nodes, nodesByInitiator, policy, pages, pageByteSize, capacityBytes);
    }

    /* A kind that is not of nodes. */
    static KindReport ofOther(String name, long pageByteSize, OptionalLong capacityBytes) {
        return new KindReport(
                name,
                Availability.YES,
                List.of(),
                Collections.emptySortedMap(),
                NodePolicy.NONE,
                PageKind.BASE,
                pageByteSize,
                capacityBytes);
    }
}
