package io.memkind.testbed;

import io.memkind.Kinds;
import io.memkind.MemoryKind;
import io.memkind.attribute.NodePolicy;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Memory that prefers a node must come from the node for as long as that has any, and from others then.
 *
 * @param node a small one, so that the others can take what it cannot
 */
record PreferredSpill(int node) implements Scenario {
    private static final long BLOCK_BYTES = 4L << 20;
    private static final long EXCESS_BYTES = 48L << 20;

    @Override
    public void play(Machine machine, ExpectedRun run, Checks checks) {
        machine.runOn(machine.facts().initiators().first());
        long freeBytes = Machine.freeBytes(node);
        try (MemoryKind kind = Kinds.onNodes(node)
                .policy(NodePolicy.PREFERRED)
                .name("spilling")
                .build()) {
            List<MemorySegment> blocks = new ArrayList<>();
            SortedMap<Integer, Long> bytesPerNode = new TreeMap<>();
            for (long total = 0; total < freeBytes + EXCESS_BYTES; total += BLOCK_BYTES) {
                MemorySegment block = kind.allocateUninitialized(BLOCK_BYTES);
                Probe.touch(block);
                blocks.add(block);
                kind.placementOf(block)
                        .bytesPerNode()
                        .forEach((place, bytes) -> bytesPerNode.merge(place, bytes, Long::sum));
            }
            String subject = "PREFERRED node " + node + " with " + (freeBytes >> 20) + " MiB free, "
                    + ((blocks.size() * BLOCK_BYTES) >> 20) + " MiB taken";
            long onNode = bytesPerNode.getOrDefault(node, 0L);
            long elsewhere = bytesPerNode.entrySet().stream()
                    .filter(entry -> entry.getKey() != node)
                    .mapToLong(Map.Entry::getValue)
                    .sum();
            checks.expectTrue(subject, "most of it on the node", onNode > freeBytes * 3 / 4, bytesPerNode);
            checks.expectTrue(subject, "the rest on others", elsewhere >= EXCESS_BYTES / 2, bytesPerNode);
            checks.expectEqual(
                    subject + ", first block",
                    List.of(node),
                    List.copyOf(
                            kind.placementOf(blocks.getFirst()).bytesPerNode().keySet()));
            var last = kind.verify(blocks.getLast());
            checks.expectTrue(
                    subject + ", last block: verify",
                    "misplaced, which is no breach",
                    last.holds() && last.misplacedBytes() > 0,
                    last);
        }
    }
}
