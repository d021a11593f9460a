package io.memkind.cli;

import io.memkind.cli.topology.TopologyJson;
import io.memkind.cli.topology.TopologyText;
import io.memkind.topology.NodeClassifier;
import io.memkind.topology.NodeVerdict;
import io.memkind.topology.Topology;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Tells what memory a machine has. */
@Command(
        name = "topology",
        description = {
            "Show the memory of this machine, or of a captured sysfs tree: NUMA nodes with their CPUs, sizes, speeds and"
                    + " distances, what sort of memory each has and why, huge pages, DAX devices, limits.",
            "Sorts: dram, high-bandwidth, dax-kmem (persistent or CXL memory), other.",
            "",
            "The variables MEMKIND_HBW_NODES, MEMKIND_HBW_THRESHOLD (MiB/s) and MEMKIND_DAX_KMEM_NODES override what the"
                    + " firmware says.",
            ""
        })
final class TopologyCommand extends CliCommand {
    private final Map<String, String> environment;

    @Option(
            names = "--json",
            description =
                    "Print JSON: an object with nodes[] and all else; null stands for what is unknown. Distances are"
                            + " in the order of nodes[]; bandwidth is in MiB/s, latency in ns.")
    private boolean json;

    @Mixin
    private final MachineOptions machine = new MachineOptions();

    TopologyCommand() {
        this(System.getenv());
    }

    TopologyCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    void run(PrintWriter out) {
        Topology topology = machine.read();
        List<NodeVerdict> verdicts = NodeClassifier.classify(topology, MachineOptions.overrides(environment, topology));
        if (json) {
            out.println(TopologyJson.of(topology, verdicts));
        } else {
            TopologyText.lines(topology, verdicts).forEach(out::println);
        }
    }
}
