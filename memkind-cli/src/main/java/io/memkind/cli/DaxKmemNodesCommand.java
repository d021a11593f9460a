package io.memkind.cli;

import io.memkind.NodeSet;
import io.memkind.NodeSets;
import io.memkind.settings.Settings;
import io.memkind.topology.Topology;
import java.util.Map;
import picocli.CommandLine.Command;

/** Tells which nodes have the memory of DAX devices. Fails with status 3, as the C library's tool does. */
@Command(
        name = "dax-kmem-nodes",
        exitCodeOnExecutionException = 3,
        description = {
            "List the nodes of DAX memory (persistent memory, CXL) in use as system memory, as numactl --membind takes"
                    + " them: 2,3.",
            "",
            "MEMKIND_DAX_KMEM_NODES names them; else they are those of the DAX devices in system-ram mode.",
            "Exit status: 0 done; 2 wrong usage; 3 there are none, or a variable or DIR is wrong.",
            ""
        })
final class DaxKmemNodesCommand extends NodeListCommand {
    DaxKmemNodesCommand() {
        this(Settings.ofProcess());
    }

    DaxKmemNodesCommand(Map<String, String> environment) {
        super(environment);
    }

    @Override
    NodeSet nodes(Topology topology, Map<String, String> variables) {
        return NodeSets.daxKmem(topology, variables);
    }
}
