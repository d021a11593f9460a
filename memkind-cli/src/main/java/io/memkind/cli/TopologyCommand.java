package io.memkind.cli;

import io.memkind.cli.topology.TopologyJson;
import io.memkind.cli.topology.TopologyText;
import io.memkind.topology.NodeClassifier;
import io.memkind.topology.NodeOverrides;
import io.memkind.topology.NodeVerdict;
import io.memkind.topology.Topology;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
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

    @Option(
            names = "--sysfs",
            paramLabel = "DIR",
            description = "Read DIR/sys and, where it was captured, DIR/proc, in place of this machine's.")
    private @Nullable Path directory;

    TopologyCommand() {
        this(System.getenv());
    }

    TopologyCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    void run(PrintWriter out) {
        Topology topology = Topology.read(directory == null ? Path.of("/") : requireTree(directory));
        List<NodeVerdict> verdicts = NodeClassifier.classify(topology, overrides(topology));
        if (json) {
            out.println(TopologyJson.of(topology, verdicts));
        } else {
            TopologyText.lines(topology, verdicts).forEach(out::println);
        }
    }

    private static Path requireTree(Path directory) {
        if (!Files.isDirectory(directory)) {
            throw new CommandFailure(
                    directory + (Files.exists(directory) ? ": not a directory" : ": no such directory"));
        }
        if (!Files.isDirectory(directory.resolve("sys"))) {
            throw new CommandFailure(
                    directory + ": has no directory sys; name the directory that holds the captured sys and proc");
        }
        return directory;
    }

    private NodeOverrides overrides(Topology topology) {
        try {
            return NodeOverrides.fromEnvironment(environment, topology);
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(String.valueOf(e.getMessage()), e);
        }
    }
}
