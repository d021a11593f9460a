package io.memkind;

import io.memkind.attribute.NodePolicy;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * Where the pages of a segment are, beside where a kind wants them.
 *
 * @param nodes ids of the nodes that the kind takes this memory from, ascending; empty if it is not bound to any
 * @param placement where the pages are
 * @param misplacedBytes bytes on other nodes: a breach, unless the kind only prefers its nodes
 * @param absentBytes bytes of pages that nobody has touched yet, or that are swapped out
 * @param smallerPageBytes bytes in pages smaller than those that the kind is made of, or hopes for
 * @param nodesAreBinding whether the kind takes memory from no other nodes
 * @param pagesAreBinding whether the kind has no pages of another size
 */
public record PlacementCheck(
        List<Integer> nodes,
        Placement placement,
        long misplacedBytes,
        long absentBytes,
        long smallerPageBytes,
        boolean nodesAreBinding,
        boolean pagesAreBinding) {
    /** Copies the list. */
    public PlacementCheck {
        nodes = List.copyOf(nodes);
    }

    static PlacementCheck of(Placement placement, MemorySegment segment, List<Integer> nodes, KindReport report) {
        boolean bound = report.policy() != NodePolicy.NONE;
        long misplaced = 0;
        if (bound) {
            misplaced = placement.bytesPerNode().entrySet().stream()
                    .filter(entry -> !nodes.contains(entry.getKey()))
                    .mapToLong(entry -> entry.getValue())
                    .sum();
        }
        long smaller = placement.bytesPerPageSize().headMap(report.pageByteSize()).values().stream()
                .mapToLong(bytes -> bytes)
                .sum();
        return new PlacementCheck(
                bound ? nodes : List.of(),
                placement,
                misplaced,
                PlacementReader.pageBytes(segment) - placement.residentBytes(),
                smaller,
                bound && report.policy() != NodePolicy.PREFERRED && report.policy() != NodePolicy.PREFERRED_MANY,
                report.pages().isHugetlb());
    }

    /** {@return whether every page that is there is where it has to be, and of the size that it has to be} */
    public boolean holds() {
        return (!nodesAreBinding || misplacedBytes == 0) && (!pagesAreBinding || smallerPageBytes == 0);
    }
}
