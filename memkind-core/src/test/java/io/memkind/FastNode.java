package io.memkind;

import io.memkind.internal.heap.HeapOptions;
import io.memkind.internal.select.KindSpec;
import io.memkind.topology.AccessAttributes;
import io.memkind.topology.NumaNode;
import io.memkind.topology.Topology;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** Passes the nodes of this machine off as fast, and as memory of DAX devices, to kinds that need such. */
final class FastNode {
    private static final OptionalLong MIBPS = OptionalLong.of(1 << 20);
    private static final OptionalLong NANOS = OptionalLong.of(50);

    private FastNode() {}

    /** A kind that finds what it needs on this machine, if that has one node. */
    static MemoryKind kind(KindSpec spec) {
        return MemoryKind.build(memory(spec), spec.name(), HeapOptions.DEFAULT);
    }

    static NodeMemory memory(KindSpec spec) {
        String nodes = String.join(
                ",",
                Topology.read().allowedNodes().stream().map(String::valueOf).toList());
        return new NodeMemory(spec, FastNode::topology, Map.of("MEMKIND_DAX_KMEM_NODES", nodes));
    }

    private static Topology topology() {
        Topology real = Topology.read();
        return new Topology(
                real.nodes().stream().map(FastNode::fast).toList(),
                real.hugePagePools(),
                real.transparentHugePages(),
                real.totalBytes(),
                real.availableBytes(),
                real.allowedNodes(),
                real.daxDevices(),
                real.processor(),
                real.onlineCpus(),
                real.possibleNodes(),
                real.cpuset(),
                real.accelerators());
    }

    private static NumaNode fast(NumaNode node) {
        return new NumaNode(
                node.id(),
                node.cpus(),
                node.totalBytes(),
                node.freeBytes(),
                node.distances(),
                List.of(new AccessAttributes(0, List.of(node.id()), MIBPS, MIBPS, NANOS, NANOS)),
                node.hugePagePools(),
                node.online(),
                node.offlineCpus(),
                node.movableOnly(),
                node.tier(),
                node.memorySideCaches(),
                node.interleaveWeight());
    }
}
