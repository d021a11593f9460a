package io.memkind.cli.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a tree of files in place of /proc: nothing is attached to. */
final class JavaProcessesTest {
    private static final long OWN = 3;

    @TempDir
    private Path proc;

    @BeforeEach
    void make() throws IOException {
        process(1, "7f00-7f01 r-xp 00000000 08:01 1 /usr/bin/other\n");
        process(2, "7f00-7f01 r-xp 00000000 08:01 1 /opt/jdk/lib/server/libjvm.so\n7f02-7f03 rw-p 0 00:00 0\n");
        process(OWN, "7f00-7f01 r-xp 00000000 08:01 1 /opt/jdk/lib/server/libjvm.so\n");
        process(5, "7f00-7f01 r-xp 00000000 08:01 1 /opt/jdk/lib/server/libjvm.so (deleted)\n");
        process(6, "7f00-7f01 r-xp 00000000 08:01 1 /opt/libjvm.so.txt\n");
        Files.createDirectory(proc.resolve("self"));
    }

    private void process(long pid, String maps) throws IOException {
        Files.writeString(
                Files.createDirectory(proc.resolve(Long.toString(pid))).resolve("maps"), maps);
    }

    private JavaProcesses processes() {
        return new JavaProcesses(proc, OWN);
    }

    private void assertRefused(long pid, String message) {
        assertThatExceptionOfType(ProcessException.class)
                .isThrownBy(() -> processes().requireJvm(pid))
                .withMessage(message);
    }

    @Test
    void onlyJvmsMayBeAttachedTo() {
        processes().requireJvm(2);
        processes().requireJvm(5);
        assertRefused(6, "process 6 does not run Java: it has no libjvm.so mapped");
        assertRefused(1, "process 1 does not run Java: it has no libjvm.so mapped");
        assertRefused(OWN, "process 3 is this command itself");
        assertRefused(4, "there is no process 4");
    }

    /* As root, permission is never refused: a directory in place of the file cannot be read by anybody. */
    @Test
    void aProcessThatMayNotBeReadNamesItsOwner() throws IOException {
        long pid = ProcessHandle.current().pid();
        Path directory = Files.createDirectory(proc.resolve(Long.toString(pid)));
        Files.createDirectory(directory.resolve("maps"));
        String owner = Files.getOwner(directory).getName();
        assertRefused(
                pid,
                "process " + pid + " of user " + owner + " may not be looked into; run this as that user, or as root");
    }

    @Test
    void processesAreTheEntriesThatAreNumbers() {
        assertThat(processes().pids()).containsExactly(1L, 2L, 3L, 5L, 6L);
    }
}
