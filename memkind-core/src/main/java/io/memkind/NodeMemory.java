package io.memkind;

import io.memkind.attribute.NodePolicy;
import io.memkind.internal.extent.AnonymousSource;
import io.memkind.internal.extent.CpuTargets;
import io.memkind.internal.extent.ExtentSources;
import io.memkind.internal.extent.ExtentUnavailableException;
import io.memkind.internal.extent.NodePlaces;
import io.memkind.internal.select.CapacityOf;
import io.memkind.internal.select.KindSpec;
import io.memkind.internal.select.NodeEnvironment;
import io.memkind.internal.select.Selection;
import io.memkind.internal.select.Selection.Nodes;
import io.memkind.internal.select.Selection.Unavailable;
import io.memkind.settings.Settings;
import io.memkind.topology.NumaNode;
import io.memkind.topology.Topology;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.function.Supplier;

/** The machine's own memory, as the attributes of a kind say: the one place where they become an extent source. */
record NodeMemory(KindSpec spec, Supplier<Topology> machine, Map<String, String> environment, PolicyTrial trial)
        implements KindMemory {
    /** Of the running machine, in the environment of the process. */
    NodeMemory(KindSpec spec) {
        this(spec, () -> RunningMachine.read(spec), Settings.ofProcess(), PolicyTrial::onThisKernel);
    }

    /** Of another machine, whose kernel knows all policies. */
    NodeMemory(KindSpec spec, Supplier<Topology> machine, Map<String, String> environment) {
        this(spec, machine, environment, (policy, nodes) -> Optional.empty());
    }

    @Override
    public ExtentSources sources(long limitBytes) {
        if (spec.policy() == NodePolicy.NONE) {
            return ExtentSources.single(AnonymousSource.of(pages(), hugePageByteSize()));
        }
        return new NodePlaces(
                this::targets, nodes -> AnonymousSource.over(nodes, spec.policy(), pages(), hugePageByteSize()));
    }

    /* Without a look at the pools of huge pages: mmap(2) tells whether there are any, each time. */
    CpuTargets targets() {
        Topology topology;
        try {
            topology = machine.get();
        } catch (IllegalArgumentException e) {
            throw ExtentUnavailableException.withoutNodes(String.valueOf(e.getMessage()));
        }
        Selection selection = NodeEnvironment.selectNodes(spec, topology, environment);
        return switch (selection) {
            case Unavailable refusal -> throw ExtentUnavailableException.withoutNodes(refusal.reason());
            case Nodes nodes -> {
                Map<Integer, List<Integer>> nodesOfCpu = new HashMap<>();
                topology.nodes().forEach(node -> {
                    List<Integer> targets = oneIfPreferred(node, nodes.targetsFrom(node.id()));
                    node.cpus().forEach(cpu -> nodesOfCpu.put(cpu, targets));
                });
                yield new CpuTargets(nodesOfCpu, firstIfPreferred(nodes.union()));
            }
        };
    }

    /* MPOL_PREFERRED takes one node: for a thread on a node for which the rule has found none, the closest of all. */
    List<Integer> oneIfPreferred(NumaNode from, List<Integer> nodes) {
        if (spec.policy() != NodePolicy.PREFERRED) {
            return nodes;
        }
        return nodes.stream()
                .min(Comparator.comparingInt(id -> from.distanceTo(id).orElse(Integer.MAX_VALUE)))
                .map(List::of)
                .orElse(nodes);
    }

    private List<Integer> firstIfPreferred(List<Integer> nodes) {
        return spec.policy() == NodePolicy.PREFERRED ? nodes.subList(0, 1) : nodes;
    }

    private AnonymousSource.Pages pages() {
        return switch (spec.pages()) {
            case BASE -> spec.transparentHugePagesOff() ? AnonymousSource.Pages.BASE_ONLY : AnonymousSource.Pages.BASE;
            case TRANSPARENT_HUGE -> AnonymousSource.Pages.TRANSPARENT_HUGE;
            case HUGETLB_2M, HUGETLB_1G -> AnonymousSource.Pages.HUGETLB;
        };
    }

    @Override
    public KindReport report(String kindName) {
        try {
            return tried(report(kindName, machine.get(), environment));
        } catch (IllegalArgumentException e) {
            return report(kindName, Availability.no(e), Collections.emptySortedMap(), List.of(), OptionalLong.empty());
        }
    }

    /* Whether the running kernel binds memory as the report says. */
    private KindReport tried(KindReport report) {
        if (report.policy() == NodePolicy.NONE
                || report.nodes().isEmpty()
                || !report.availability().available()) {
            return report;
        }
        return trial.run(report.policy(), firstIfPreferred(report.nodes()))
                .map(report::but)
                .orElse(report);
    }

    @Override
    public KindReport report(String kindName, Topology topology, Map<String, String> environment) {
        List<Integer> nodes = List.of();
        SortedMap<Integer, List<Integer>> nodesByInitiator = Collections.emptySortedMap();
        OptionalLong capacityBytes = OptionalLong.empty();
        Selection selection = NodeEnvironment.selectNodes(spec, topology, environment);
        if (selection instanceof Nodes found) {
            nodes = found.union();
            nodesByInitiator = found.targetsByInitiator();
            capacityBytes = CapacityOf.nodes(spec, topology, nodes);
        }
        Availability availability = spec.complete(selection, topology) instanceof Unavailable refusal
                ? Availability.no(refusal)
                : Availability.YES;
        return report(kindName, availability, nodesByInitiator, nodes, capacityBytes);
    }

    private KindReport report(
            String kindName,
            Availability availability,
            SortedMap<Integer, List<Integer>> nodesByInitiator,
            List<Integer> nodes,
            OptionalLong capacityBytes) {
        return new KindReport(
                kindName,
                availability,
                nodes,
                nodesByInitiator,
                spec.policy(),
                spec.pages(),
                pageByteSize(),
                capacityBytes);
    }

    @Override
    public long hugePageByteSize() {
        return spec.pages().hugeByteSize();
    }
}
