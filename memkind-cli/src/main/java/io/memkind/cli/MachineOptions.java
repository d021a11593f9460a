package io.memkind.cli;

import io.memkind.topology.NodeOverrides;
import io.memkind.topology.Topology;
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
