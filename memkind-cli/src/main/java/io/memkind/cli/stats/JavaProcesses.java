package io.memkind.cli.stats;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import io.memkind.management.KindsMXBean;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The processes of this machine that run Java. They are told by the library that every JVM has mapped: attaching to another
 * process could end it, since that begins with a SIGQUIT.
 */
public final class JavaProcesses {
    /* Deleted: the JDK was replaced below the running process. */
    private static final Pattern JVM_LIBRARY = Pattern.compile("/libjvm\\.so( \\(deleted\\))?$");

    private final Path proc;
    private final long ownPid;

    JavaProcesses(Path proc, long ownPid) {
        this.proc = proc;
        this.ownPid = ownPid;
    }

    /**
     * The processes that /proc shows.
     *
     * @return a view
     */
    public static JavaProcesses ofThisMachine() {
        return new JavaProcesses(Path.of("/proc"), ProcessHandle.current().pid());
    }

    /**
     * Refuses what cannot, or must not, be attached to.
     *
     * @param pid number of a process
     * @throws ProcessException if there is no such process, it belongs to somebody else, or does not run Java
     */
    public void requireJvm(long pid) {
        Path directory = proc.resolve(Long.toString(pid));
        if (!Files.isDirectory(directory)) {
            throw new ProcessException("there is no process " + pid);
        }
        if (pid == ownPid) {
            throw new ProcessException("process " + pid + " is this command itself");
        }
        boolean isJvm;
        try {
            isJvm = hasJvmMapped(directory);
        } catch (IOException e) {
            String owner = ownerOf(directory).map(name -> " of user " + name).orElse("");
            throw ProcessException.of(
                    pid, "process " + pid + owner + " may not be looked into; run this as that user, or as root", e);
        }
        if (!isJvm) {
            throw new ProcessException("process " + pid + " does not run Java: it has no libjvm.so mapped");
        }
    }

    private static boolean hasJvmMapped(Path directory) throws IOException {
        /* Paths are bytes; in Latin 1 every byte is a character. */
        try (Stream<String> lines = Files.lines(directory.resolve("maps"), StandardCharsets.ISO_8859_1)) {
            return lines.anyMatch(line -> JVM_LIBRARY.matcher(line).find());
        } catch (java.io.UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static Optional<String> ownerOf(Path directory) {
        try {
            return Optional.of(Files.getOwner(directory).getName());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /**
     * Asks all JVMs that the user may attach to whether they have kinds.
     *
     * @return those that say yes, by ascending number
     */
    public List<JavaProcess> withKinds() {
        List<JavaProcess> found = new ArrayList<>();
        for (long pid : pids()) {
            if (pid != ownPid && isJvm(pid)) {
                properties(pid)
                        .filter(properties -> properties.getProperty(KindsMXBean.NAME_PROPERTY) != null)
                        .ifPresent(properties -> found.add(
                                new JavaProcess(pid, properties.getProperty("sun.java.command", "(unknown)"))));
            }
        }
        return found;
    }

    List<Long> pids() {
        try (Stream<Path> entries = Files.list(proc)) {
            return entries.map(entry -> String.valueOf(entry.getFileName()))
                    .filter(name -> name.matches("\\d{1,18}"))
                    .map(Long::valueOf)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new ProcessException(proc + " cannot be listed: " + e.getMessage());
        }
    }

    private boolean isJvm(long pid) {
        try {
            return hasJvmMapped(proc.resolve(Long.toString(pid)));
        } catch (IOException e) {
            return false; // somebody else's, or gone
        }
    }

    private static Optional<Properties> properties(long pid) {
        try {
            VirtualMachine machine = VirtualMachine.attach(Long.toString(pid));
            try {
                return Optional.of(machine.getSystemProperties());
            } finally {
                machine.detach();
            }
        } catch (AttachNotSupportedException | IOException e) {
            return Optional.empty(); // gone, or takes no visitors
        }
    }
}
