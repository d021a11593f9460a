package io.memkind.cli;

import io.memkind.Kinds;
import io.memkind.MemoryKind;
import io.memkind.agent.policy.ByteSize;
import io.memkind.agent.policy.PolicyException;
import io.memkind.agent.policy.PolicyFile;
import io.memkind.agent.policy.SizeRange;
import io.memkind.agent.policy.TierVariables;
import io.memkind.cli.launch.AgentCommand;
import io.memkind.cli.launch.ProgramRun;
import io.memkind.cli.launch.TierRatio;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs an unmodified Java program under the agent. */
@Command(
        name = "run",
        description =
                "Run an unmodified Java program with its off-heap memory on kinds: a kind, tiers, or as a policy file says."
                        + " Without any of these, on ordinary and DAX memory by their capacities, as the memtier command does.")
final class RunCommand extends CliCommand {
    /* For a module path of class directories, as in tests. */
    private static final String JAR_PROPERTY = "memkind.agent.jar";

    @Option(names = "--kind", paramLabel = "KIND", description = "A static kind for all requests; see 'memkind kinds'.")
    private @Nullable String kind;

    @Option(
            names = "--size",
            paramLabel = "A..B",
            description = "With --kind: only requests of these sizes, both included, such as 1M.. or 64K..1M.")
    private @Nullable String size;

    @Option(
            names = "--tiers",
            paramLabel = "TIERS",
            description =
                    "Tiers as in MEMKIND_MEM_TIERS, such as 'KIND:DRAM,RATIO:1;KIND:KMEM_DAX,RATIO:4;POLICY:STATIC_RATIO'.")
    private @Nullable String tiers;

    @Option(names = "--policy", paramLabel = "FILE", description = "A policy file; see docs/unmodified-programs.md.")
    private @Nullable Path policy;

    @Option(
            names = {"-r", "--ratio"},
            paramLabel = "A:B",
            description = "Bytes on ordinary memory to bytes on DAX memory.")
    private @Nullable String ratio;

    @Option(
            names = {"-t", "--threshold"},
            paramLabel = "SPEC",
            description = "Small requests on ordinary memory, with this threshold, as in MEMKIND_MEM_THRESHOLDS.")
    private @Nullable String threshold;

    @Option(
            names = "--on-failure",
            paramLabel = "ACTION",
            description =
                    "What a request gets that its memory has no room for: fall-back, the JVM's own memory, or throw, an"
                            + " OutOfMemoryError. By default fall-back; for tiers throw.")
    private @Nullable String onFailure;

    @Option(names = "--report", description = "Tell at exit, in a line on standard error, what went where.")
    private boolean report;

    @Option(
            names = "--report-to",
            paramLabel = "FILE",
            description = "Append that line to a file; %%p is the process id.")
    private @Nullable Path reportTo;

    @Option(
            names = "--live",
            paramLabel = "FILE",
            description =
                    "Write at exit what is still live, with stacks: a page with a flame graph (.html), collapsed stacks"
                            + " (.collapsed), or text; %%p is the process id.")
    private @Nullable Path live;

    @Option(
            names = "--interval",
            paramLabel = "SIZE",
            description = "With --live: bytes from sample to sample, by default 512K.")
    private @Nullable String interval;

    @Option(
            names = "--children",
            description =
                    "Put the agent into every JVM that the program starts, too, by JAVA_TOOL_OPTIONS. Always so if the"
                            + " program is not 'java' itself.")
    private boolean children;

    @Parameters(
            arity = "1..*",
            paramLabel = "COMMAND",
            description = "The program and its arguments; put -- in front of it.")
    private List<String> command = List.of();

    private int status;

    @Override
    int exitStatus() {
        return status;
    }

    @Override
    void run(PrintWriter out) {
        ProcessBuilder builder = new ProcessBuilder();
        String options = agentOptions(builder);
        builder.command(AgentCommand.of(command, jar(), options, children, builder.environment()));
        out.flush();
        try {
            status = ProgramRun.run(builder);
        } catch (IOException e) {
            throw new CommandFailure(command.get(0) + " cannot be started: " + e.getMessage(), e);
        }
    }

    private String agentOptions(ProcessBuilder builder) {
        List<String> options = new ArrayList<>();
        try {
            if (onFailure != null) {
                requireOneOf(onFailure, "--on-failure", "fall-back", "throw");
                options.add("on-failure=" + onFailure);
            }
            if (report && reportTo == null) {
                options.add("summary");
            }
            addFile(options, "summary", reportTo);
            addFile(options, "live", live);
            if (interval != null) {
                if (live == null) {
                    throw wrongUsage("--interval goes with --live");
                }
                ByteSize.parse(interval);
                options.add("interval=" + interval);
            }
            options.add(memory(builder)); // last, since tiers have commas
        } catch (PolicyException e) {
            throw wrongUsage(String.valueOf(e.getMessage()));
        }
        return String.join(",", options);
    }

    private void requireOneOf(String value, String option, String... words) {
        if (Stream.of(words).noneMatch(value::equals)) {
            throw wrongUsage(option + " takes " + String.join(" or ", words) + ", not '" + value + "'");
        }
    }

    private void addFile(List<String> options, String key, @Nullable Path file) {
        if (file != null) {
            options.add(key + "=" + withoutComma(file.toAbsolutePath()));
        }
    }

    private Path withoutComma(Path file) {
        if (file.toString().contains(",")) {
            throw wrongUsage(
                    "the name '" + file + "' has a comma, which the agent's options cannot have; choose another");
        }
        return file;
    }

    private String memory(ProcessBuilder builder) {
        boolean byRatio = ratio != null || threshold != null;
        if (Stream.of(kind != null, tiers != null, policy != null, byRatio)
                        .filter(given -> given)
                        .count()
                > 1) {
            throw wrongUsage("give one of --kind, --tiers, --policy, and -r and -t");
        }
        if (size != null && kind == null) {
            throw wrongUsage("--size goes with --kind");
        }
        if (kind != null) {
            String name = kind;
            MemoryKind found = Kinds.byName(name)
                    .orElseThrow(() -> wrongUsage("unknown kind '" + name + "', known are " + KindNames.all()));
            return "kind=" + found.name() + (size == null ? "" : ",size=" + SizeRange.parse(size));
        }
        if (policy != null) {
            Path file = withoutComma(policy.toAbsolutePath());
            PolicyFile.read(file);
            return "policy=" + file;
        }
        if (tiers != null) {
            TierVariables.parse(tiers, System.getenv(TierVariables.THRESHOLDS));
            return "tiers=" + tiers;
        }
        return byRatio(builder);
    }

    private String byRatio(ProcessBuilder builder) {
        TierRatio parts;
        try {
            parts = ratio == null
                    ? TierRatio.ofCapacities(capacity(Kinds.REGULAR), capacity(Kinds.DAX_KMEM))
                    : TierRatio.parse(ratio);
        } catch (IllegalArgumentException e) {
            throw wrongUsage(String.valueOf(e.getMessage()));
        }
        if (threshold != null && (parts.ordinary() == 0 || parts.dax() == 0)) {
            throw wrongUsage(
                    "-t needs both kinds of memory, and the ratio " + ratio + " has one; give two numbers above 0");
        }
        String text = parts.tiers(threshold != null);
        TierVariables.parse(text, threshold);
        builder.environment().remove(TierVariables.THRESHOLDS);
        if (threshold != null) {
            builder.environment().put(TierVariables.THRESHOLDS, threshold);
        }
        return "tiers=" + text;
    }

    private static long capacity(MemoryKind of) {
        KindNames.requireAvailable(of);
        return of.capacityBytes()
                .orElseThrow(() -> new CommandFailure("the capacity of " + of.name() + " is not known; give -r A:B"));
    }

    private static Path jar() {
        String property = System.getProperty(JAR_PROPERTY);
        try {
            Path place = property != null
                    ? Path.of(property)
                    : Path.of(PolicyFile.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI());
            if (!Files.isRegularFile(place)) {
                throw new CommandFailure(
                        "the agent's jar is not at " + place + "; build it, or name it by -D" + JAR_PROPERTY);
            }
            return place.toAbsolutePath();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
