package io.memkind.cli;

import io.memkind.cli.topology.MachineView;
import io.memkind.cli.topology.TopologyJson;
import io.memkind.cli.topology.TopologyText;
import io.memkind.measure.MeasuredAttributes;
import io.memkind.measure.MeasuredUse;
import io.memkind.measure.MeasurementStore;
import io.memkind.settings.Settings;
import io.memkind.topology.NodeClassifier;
import io.memkind.topology.NodeOverrides;
import io.memkind.topology.Topology;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
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
            "Where the firmware tells no speeds, --measure measures them, by reading, and keeps them for kinds to go by:"
                    + " MEMKIND_MEASURED=ignore|fallback|prefer says whether they do; fallback, the default, is where the"
                    + " firmware tells none.",
            "",
            "The variables MEMKIND_HBW_NODES, MEMKIND_HBW_THRESHOLD (MiB/s) and MEMKIND_DAX_KMEM_NODES override what the"
                    + " firmware says.",
            ""
        })
final class TopologyCommand extends CliCommand {
    private static final int USUAL_SECONDS = 10;
    private static final int MOST_SECONDS = 3600;

    private final Map<String, String> environment;

    @Option(
            names = "--json",
            description =
                    "Print JSON: an object with nodes[] and all else; null stands for what is unknown. Distances are"
                            + " in the order of nodes[]; bandwidth is in MiB/s, latency in ns. What was measured is in"
                            + " nodes[].measured[], and all other speeds are the firmware's; attributesInUse tells which of"
                            + " the two kinds go by.")
    private boolean json;

    @Option(
            names = "--measure",
            description =
                    "Measure bandwidth and latency from each node with CPUs to each node with memory, and store them in"
                            + " the user's cache directory. Other programs that run now make memory look slow.")
    private boolean measure;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            description = "With --measure, the most that it may take: 1 to 3600, 10 if not given.")
    private @Nullable Integer seconds;

    @Mixin
    private final MachineOptions machine = new MachineOptions();

    TopologyCommand() {
        this(Settings.ofProcess());
    }

    TopologyCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    void run(PrintWriter out) {
        Duration budget = budget();
        Topology topology = machine.read();
        NodeOverrides overrides = MachineOptions.overrides(environment, topology);
        if (machine.captured()) {
            print(
                    out,
                    new MachineView(
                            topology, topology, NodeClassifier.classify(topology, overrides), Optional.empty(), true));
            return;
        }
        MeasuredUse use = MachineOptions.measuredUse(environment);
        MeasurementStore store = MachineOptions.store(environment, err());
        Optional<MeasuredAttributes> stored = store.load(topology);
        Optional<MeasuredAttributes> measured = stored;
        if (measure) {
            MeasuredAttributes fresh = new MachineMeasuring(err()).measure(topology, budget);
            measured = Optional.of(stored.map(fresh::completedBy).orElse(fresh));
        }
        Topology used = measured.map(values -> use.applyTo(topology, values)).orElse(topology);
        print(out, new MachineView(topology, used, NodeClassifier.classify(used, overrides), measured, false));
        if (measure) {
            save(store, topology, measured.orElseThrow());
        }
    }

    private Duration budget() {
        if (measure && machine.captured()) {
            throw wrongUsage("--measure measures this machine; it cannot measure the tree that --sysfs names");
        }
        if (seconds == null) {
            return Duration.ofSeconds(USUAL_SECONDS);
        }
        if (!measure) {
            throw wrongUsage("--seconds goes with --measure");
        }
        if (seconds < 1 || seconds > MOST_SECONDS) {
            throw wrongUsage("--seconds " + seconds + ": give a number from 1 to " + MOST_SECONDS);
        }
        return Duration.ofSeconds(seconds);
    }

    private static void save(MeasurementStore store, Topology topology, MeasuredAttributes measured) {
        try {
            store.save(topology, measured);
        } catch (IOException e) {
            throw new CommandFailure("what was measured is not stored: " + e.getMessage(), e);
        }
    }

    private void print(PrintWriter out, MachineView view) {
        if (json) {
            out.println(TopologyJson.of(view));
        } else {
            TopologyText.lines(view).forEach(out::println);
        }
    }
}
