package io.memkind.cli.topology;

import io.memkind.cli.text.ByteSizes;
import io.memkind.cli.text.NumberRanges;
import io.memkind.cli.text.OneLine;
import io.memkind.cli.text.Paragraph;
import io.memkind.topology.Accelerator;
import io.memkind.topology.AccessAttributes;
import io.memkind.topology.DaxDevice;
import io.memkind.topology.HugePagePool;
import io.memkind.topology.MemorySideCache;
import io.memkind.topology.NodeVerdict;
import io.memkind.topology.NumaNode;
import io.memkind.topology.Topology;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** A machine's memory for people: the table of nodes first, then what does not fit into it. */
public final class TopologyText {
    private static final int WIDTH_CHARS = 100;
    private static final int INDENT_CHARS = 4;

    private final MachineView view;
    private final Topology topology;
    private final List<String> lines = new ArrayList<>();

    private TopologyText(MachineView view) {
        this.view = view;
        this.topology = view.used();
    }

    /**
     * All that matters.
     *
     * @param view the machine
     * @return lines of 100 characters at most, unless a single word is longer
     */
    public static List<String> lines(MachineView view) {
        TopologyText text = new TopologyText(view);
        if (text.topology.nodes().isEmpty()) {
            text.add("no NUMA nodes: this kernel was built without NUMA, or the tree does not have them");
        } else {
            text.lines.addAll(NodeTable.lines(text.topology, view.verdicts()));
            text.block(reasons(view.verdicts()));
            text.block(DistanceTable.lines(text.topology));
            view.measured().ifPresent(measured -> text.block(MeasuredTable.lines(measured)));
        }
        text.lines.add("");
        text.machine();
        text.nodeDetails();
        text.devices();
        return text.lines;
    }

    private void add(String line) {
        lines.addAll(Paragraph.lines(
                OneLine.of(line), WIDTH_CHARS, INDENT_CHARS)); // names of a tree may have any characters
    }

    private void block(List<String> block) {
        if (!block.isEmpty()) {
            lines.add("");
            block.forEach(this::add);
        }
    }

    /* Nodes of the same class for the same reason share a line. */
    private static List<String> reasons(List<NodeVerdict> verdicts) {
        Map<String, List<Integer>> nodes = new LinkedHashMap<>();
        for (NodeVerdict verdict : verdicts) {
            nodes.computeIfAbsent(verdict.nodeClass().label() + ": " + verdict.reason(), key -> new ArrayList<>())
                    .add(verdict.node());
        }
        return nodes.entrySet().stream()
                .map(entry -> title(entry.getValue()) + " " + entry.getKey())
                .toList();
    }

    private static String title(List<Integer> nodes) {
        return (nodes.size() == 1 ? "node " : "nodes ") + NumberRanges.text(nodes);
    }

    private void machine() {
        if (!topology.nodes().isEmpty()) {
            add(SpeedOrigin.line(view));
        }
        add("memory: " + ByteSizes.text(topology.totalBytes()) + ", available "
                + (topology.availableBytes() == 0 ? "unknown" : ByteSizes.text(topology.availableBytes())));
        add("CPUs online: "
                + (topology.onlineCpus().isEmpty() ? "unknown" : NumberRanges.text(topology.onlineCpus(), 60)));
        if (!topology.processor().name().isEmpty()) {
            add("processor: " + topology.processor().name().strip().replaceAll("\\s+", " "));
        }
        String cgroup = topology.cpuset().cgroup();
        add("nodes allowed to this process: " + NumberRanges.text(topology.allowedNodes(), 60)
                + (cgroup.isEmpty() ? "" : " (cgroup " + cgroup + ")"));
        add("transparent huge pages: " + topology.transparentHugePages().name().toLowerCase(Locale.ROOT));
        topology.hugePagePools()
                .forEach(pool -> add("huge pages of " + pool(pool) + ", overcommit " + pool.overcommitPages()));
    }

    private static String pool(HugePagePool pool) {
        return ByteSizes.text(pool.pageByteSize()) + ": " + pool.totalPages() + ", free " + pool.freePages();
    }

    private void nodeDetails() {
        for (NumaNode node : topology.nodes()) {
            List<String> details = new ArrayList<>();
            node.hugePagePools().stream()
                    .filter(pool -> pool.totalPages() > 0)
                    .forEach(pool -> details.add("huge pages of " + pool(pool)));
            node.memorySideCaches().forEach(cache -> details.add(cache(cache)));
            if (!node.offlineCpus().isEmpty()) {
                details.add("CPUs offline: " + NumberRanges.text(node.offlineCpus(), 60));
            }
            node.processorAccess()
                    .map(AccessAttributes::initiators)
                    .filter(initiators -> !initiators.isEmpty() && !initiators.equals(List.of(node.id())))
                    .ifPresent(initiators -> details.add("speeds as seen from " + title(initiators)));
            if (!details.isEmpty()) {
                add("node " + node.id() + ": " + String.join("; ", details));
            }
        }
    }

    private static String cache(MemorySideCache cache) {
        return "memory-side cache " + cache.level() + " of " + ByteSizes.text(cache.byteSize());
    }

    private void devices() {
        for (DaxDevice device : topology.daxDevices()) {
            add("DAX device " + device.name() + ": " + ByteSizes.text(device.byteSize()) + ", "
                    + device.backing().description() + ", "
                    + (device.systemRam() ? "system memory" : "not in use as system memory")
                    + (device.targetNode().isPresent()
                            ? " of node " + device.targetNode().getAsInt()
                            : ""));
        }
        String accelerators =
                topology.accelerators().stream().map(Accelerator::address).collect(Collectors.joining(", "));
        if (!accelerators.isEmpty()) {
            add("GPUs and accelerators: " + accelerators);
        }
    }
}
