package io.memkind.agent.internal;

import io.memkind.agent.internal.hook.JavaBase;
import io.memkind.agent.internal.redirect.JvmMemory;
import io.memkind.agent.internal.redirect.RedirectTarget;
import io.memkind.agent.internal.redirect.Redirector;
import io.memkind.agent.internal.redirect.TargetOpener;
import io.memkind.agent.internal.report.BlockSamples;
import io.memkind.agent.internal.report.LiveBlocks;
import io.memkind.agent.internal.report.ReportFile;
import io.memkind.agent.internal.report.ResidencyPeaks;
import io.memkind.agent.internal.report.Summary;
import io.memkind.agent.policy.PolicyException;
import java.lang.invoke.MethodHandle;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The agent at work. */
final class RunningAgent {
    private final AgentOptions options;
    private final PolicyChoice choice;
    private final Redirector redirector;
    private final @Nullable BlockSamples samples;
    private final ResidencyPeaks peaks;

    private RunningAgent(
            AgentOptions options, PolicyChoice choice, Redirector redirector, @Nullable BlockSamples samples) {
        this.options = options;
        this.choice = choice;
        this.redirector = redirector;
        this.samples = samples;
        this.peaks = new ResidencyPeaks(redirector.targets());
    }

    static RunningAgent open(AgentOptions options, Map<String, String> environment)
            throws ReflectiveOperationException {
        PolicyChoice choice = PolicyChoice.of(options, environment);
        choice.warnings().forEach(AgentLog::line);
        BlockSamples samples = options.has("live") ? new BlockSamples(options.sampleIntervalBytes()) : null;
        Map<String, RedirectTarget> targets = TargetOpener.open(choice.policy(), AgentLog::line);
        Redirector redirector = new Redirector(choice.policy(), targets, jvmMemory(), AgentLog::line);
        if (samples != null) {
            redirector.observe(samples);
        }
        if (choice.logLevel() >= 2) {
            redirector.trace(AgentLog::line);
        }
        return new RunningAgent(options, choice, redirector, samples);
    }

    private static JvmMemory jvmMemory() throws ReflectiveOperationException {
        MethodHandle allocate = JavaBase.allocateMemory();
        return byteSize -> {
            try {
                return (long) allocate.invokeExact(byteSize);
            } catch (RuntimeException | Error e) {
                throw e;
            } catch (Throwable t) {
                throw new IllegalStateException(t);
            }
        };
    }

    Redirector redirector() {
        return redirector;
    }

    /** When the hooks are in place. */
    void begin() {
        if (choice.logLevel() >= 1) {
            AgentLog.line("redirecting to "
                    + redirector.targets().stream().map(RedirectTarget::name).collect(Collectors.joining(", ")));
        }
        if (options.has("summary")) {
            peaks.follow();
        }
        if (options.has("summary") || options.has("live")) {
            Runtime.getRuntime().addShutdownHook(new Thread(this::end, "memkind-report"));
        }
        AgentBean.registerLater(this);
        redirector.enable(!options.has("off"));
    }

    private void end() {
        if (options.has("live")) {
            report(options.file("live"));
        }
        if (options.has("summary")) {
            ReportFile.append(options.file("summary"), summary(), AgentLog::line);
        }
    }

    private String summary() {
        peaks.look();
        return Summary.of(redirector, peaks);
    }

    private void report(Optional<String> file) {
        try {
            writeLiveBlocks(file);
        } catch (java.io.UncheckedIOException e) {
            AgentLog.line(String.valueOf(e.getMessage()));
        }
    }

    void writeLiveBlocks(Optional<String> file) {
        BlockSamples taken = samples;
        if (taken == null) {
            throw new IllegalStateException("the agent takes no samples; start it with live=FILE");
        }
        ReportFile.write(file, LiveBlocks.of(taken), AgentLog::line);
    }

    /** Of a second agentmain: enable, disable, summary and live, in this order. */
    void command(AgentOptions command) {
        for (String key : command.values().keySet()) {
            switch (key) {
                case "enable" -> redirector.enable(true);
                case "disable" -> redirector.enable(false);
                case "summary" -> ReportFile.append(command.file("summary"), summary(), AgentLog::line);
                case "live" -> {
                    if (samples == null) {
                        throw new PolicyException("live: the agent takes no samples; start it with live=FILE");
                    }
                    writeLiveBlocks(command.file("live"));
                }
                default ->
                    throw new PolicyException("the agent runs already, and " + key
                            + " is for its start; commands are enable, disable, summary and live");
            }
        }
    }
}
