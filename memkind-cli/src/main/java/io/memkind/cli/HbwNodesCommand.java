package io.memkind.cli;

import io.memkind.NodeSet;
import io.memkind.NodeSets;
import io.memkind.settings.Settings;
import io.memkind.topology.Topology;
import java.util.Map;
import picocli.CommandLine.Command;

/** Tells which nodes have high bandwidth. */
@Command(
        name = "hbw-nodes",
        description = {
            "List the high-bandwidth nodes, as numactl --membind takes them: 2,3.",
            "",
            "MEMKIND_HBW_NODES names them; else they are those that reach MEMKIND_HBW_THRESHOLD (MiB/s, 204800 if unset).",
            "Exit status: 0 done; 1 there are none, or a variable or DIR is wrong; 2 wrong usage.",
            ""
        })
final class HbwNodesCommand extends NodeListCommand {
    HbwNodesCommand() {
        this(Settings.ofProcess());
    }

    HbwNodesCommand(Map<String, String> environment) {
        super(environment);
    }

    @Override
    NodeSet nodes(Topology topology, Map<String, String> variables) {
        return NodeSets.highBandwidth(topology, variables);
    }
}
