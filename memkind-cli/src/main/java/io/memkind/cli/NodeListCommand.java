package io.memkind.cli;

import io.memkind.Availability;
import io.memkind.NodeSet;
import io.memkind.topology.Topology;
import java.io.PrintWriter;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Prints nodes as {@code numactl --membind} takes them. */
abstract class NodeListCommand extends CliCommand {
    private final Map<String, String> environment;

    @Mixin
    private final MachineOptions machine = new MachineOptions();

    @Option(names = "--json", description = "Print JSON: an array of numbers.")
    private boolean json;

    NodeListCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    abstract NodeSet nodes(Topology topology, Map<String, String> variables);

    @Override
    final void run(PrintWriter out) {
        Topology topology = machine.readInUse(environment, err());
        NodeSet found;
        try {
            found = nodes(topology, environment);
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(String.valueOf(e.getMessage()), e);
        }
        Availability availability = found.availability();
        if (!availability.available()) {
            throw new CommandFailure(availability.reason() + "; remedy: " + availability.remedy());
        }
        String list = found.nodes().stream().map(String::valueOf).collect(Collectors.joining(","));
        out.println(json ? "[" + list + "]" : list);
    }
}
