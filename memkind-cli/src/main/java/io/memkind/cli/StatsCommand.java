package io.memkind.cli;

import io.memkind.cli.json.JsonObject;
import io.memkind.cli.stats.JavaProcess;
import io.memkind.cli.stats.JavaProcesses;
import io.memkind.cli.stats.KindsConnection;
import io.memkind.cli.stats.KindsReading;
import io.memkind.cli.stats.ProcessException;
import io.memkind.cli.stats.StatsTable;
import io.memkind.cli.text.Column;
import io.memkind.cli.text.OneLine;
import io.memkind.cli.text.Terminal;
import io.memkind.cli.text.TextTable;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows the kinds of a running process. */
@Command(
        name = "stats",
        description = {
            "Show what the kinds of a running process hold. Without PID, list the processes that have kinds.",
            "The process needs no option for this: it is attached to, by the user it runs as or by root."
        },
        footer = {
            "",
            "allocated: in live blocks; active: in slabs and large blocks; dirty: free, with old content; retained: free"
                    + " address space; mapped: the sum of the three; resident: backed by memory now.",
            "Kinds can be seen about a second after the first one was made."
        })
final class StatsCommand extends CliCommand {
    private static final int MAX_WATCH_SECONDS = 3600;
    private static final String CLEAR_SCREEN = "\033[H\033[J";

    @Parameters(arity = "0..1", paramLabel = "PID", description = "The process, as ps(1) numbers it.")
    private @Nullable Long pid;

    @Option(names = "--json", description = "Print JSON: an object a line for each reading, or an array of processes.")
    private boolean json;

    @Option(names = "--all", description = "Show the kinds that hold nothing, too.")
    private boolean all;

    @Option(
            names = "--watch",
            arity = "0..1",
            fallbackValue = "2",
            paramLabel = "SECONDS",
            description = "Read again every SECONDS (default: ${FALLBACK-VALUE}), until the process ends or Ctrl-C.")
    private @Nullable Integer watchSeconds;

    private final JavaProcesses processes = JavaProcesses.ofThisMachine();

    @Override
    void run(PrintWriter out) {
        if (watchSeconds != null && (watchSeconds < 1 || watchSeconds > MAX_WATCH_SECONDS)) {
            throw wrongUsage("--watch must be 1 to " + MAX_WATCH_SECONDS + " seconds, not " + watchSeconds);
        }
        if (pid == null) {
            if (watchSeconds != null) {
                throw wrongUsage("--watch needs a process: write --watch=SECONDS PID");
            }
            list(out);
        } else if (pid < 1) {
            throw wrongUsage("PID must be 1 or more, not " + pid);
        } else {
            show(out, pid);
        }
    }

    private void list(PrintWriter out) {
        List<JavaProcess> found = processes.withKinds();
        if (json) {
            out.println(JsonObject.arrayOf(found.stream()
                    .map(process -> new JsonObject().put("pid", process.pid()).put("command", process.command()))
                    .toList()));
        } else if (found.isEmpty()) {
            out.println("no process that this user may attach to has kinds of memory");
        } else {
            List<Column> columns = List.of(Column.right("pid"), Column.left("command"));
            TextTable.lines(
                            columns,
                            found.stream()
                                    .map(process ->
                                            List.of(Long.toString(process.pid()), OneLine.of(process.command())))
                                    .toList())
                    .forEach(out::println);
        }
    }

    private void show(PrintWriter out, long id) {
        processes.requireJvm(id);
        try (KindsConnection connection = KindsConnection.open(id)) {
            print(out, connection.read(), false);
            while (watchSeconds != null && !out.checkError() && slept(watchSeconds)) {
                print(out, connection.read(), true);
            }
        } catch (ProcessException e) {
            if (watchSeconds == null || !e.processEnded()) {
                throw e;
            }
            if (!json) {
                out.println("process " + id + " has ended");
            }
        }
    }

    private static boolean slept(int seconds) {
        try {
            Thread.sleep(Duration.ofSeconds(seconds));
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void print(PrintWriter out, KindsReading reading, boolean again) {
        if (json) {
            out.println(reading.toJson());
        } else {
            if (watchSeconds != null && Terminal.isStandardOutput()) {
                out.print(CLEAR_SCREEN);
            } else if (again) {
                out.println();
            }
            StatsTable.lines(reading, all).forEach(out::println);
        }
        out.flush();
    }
}
