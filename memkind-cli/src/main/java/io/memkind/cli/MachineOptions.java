package io.memkind.cli;

import io.memkind.cli.text.OneLine;
import io.memkind.measure.MeasuredUse;
import io.memkind.measure.MeasurementStore;
import io.memkind.topology.NodeOverrides;
import io.memkind.topology.Topology;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option that names another machine than this one. */
final class MachineOptions {
    @Option(
            names = "--sysfs",
            paramLabel = "DIR",
            description = "Read DIR/sys and, where it was captured, DIR/proc, in place of this machine's.")
    private @Nullable Path directory;

    Topology read() {
        return Topology.read(directory == null ? Path.of("/") : requireTree(directory));
    }

    boolean captured() {
        return directory != null;
    }

    /** The machine as kinds see it: with what was measured, where that is to be used, if it is this one. */
    Topology readInUse(Map<String, String> environment, PrintWriter err) {
        Topology topology = read();
        return captured() ? topology : measuredUse(environment).applyTo(topology, store(environment, err));
    }

    static MeasuredUse measuredUse(Map<String, String> environment) {
        try {
            return MeasuredUse.of(environment, System.getProperties());
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(String.valueOf(e.getMessage()), e);
        }
    }

    static MeasurementStore store(Map<String, String> environment, PrintWriter err) {
        return MeasurementStore.ofUser(environment, warning -> err.println("memkind: " + OneLine.of(warning)));
    }

    /** What the environment says about the nodes of a machine. */
    static NodeOverrides overrides(Map<String, String> environment, Topology topology) {
        try {
            return NodeOverrides.fromEnvironment(environment, topology);
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(String.valueOf(e.getMessage()), e);
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
}
