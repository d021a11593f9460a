package io.memkind.agent.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A program in a JVM of its own, with or without the agent. */
final class AgentRun {
    static final Path AGENT = Path.of(System.getProperty("agent.jar")).normalize();

    private static final String CLI = "io.memkind.cli.Main";
    private static final long LONGEST_SECONDS = 120;
    private static final Pattern SHARE = Pattern.compile("memkind: ([0-9.]+) % of the bytes redirected");

    private static final Pattern OURS = Pattern.compile("memkind-(core|agent|cli)(/|-\\d|\\.jar)");

    private final Class<?> program;
    private final List<String> jvmOptions = new ArrayList<>(List.of("-Xmx256m", "-XX:-UsePerfData"));
    private final List<String> launcher = new ArrayList<>();
    private final List<String> arguments = new ArrayList<>();
    private final Map<String, String> environment = new HashMap<>();
    private String java = javaOf(Path.of(System.getProperty("java.home")));

    private AgentRun(Class<?> program) {
        this.program = program;
    }

    /** What came out. */
    record Result(int status, String out, String err) {
        Result done() {
            assertThat(status).as(err).isZero();
            return this;
        }

        /** The part of the bytes that the agent's summary says it redirected, in percent. */
        double redirectedPercent() {
            Matcher matcher = SHARE.matcher(err);
            assertThat(matcher.find()).as(err).isTrue();
            return Double.parseDouble(matcher.group(1));
        }

        /** The bytes that a target served. */
        long bytesOf(String target) {
            Matcher matcher = Pattern.compile("; " + Pattern.quote(target) + ": \\d+ allocations, (\\d+) bytes")
                    .matcher(err);
            assertThat(matcher.find()).as(err).isTrue();
            return Long.parseLong(matcher.group(1));
        }
    }

    static AgentRun of(Class<?> program) {
        assertThat(AGENT).as("the agent's jar, which 'mvn package' makes").isRegularFile();
        return new AgentRun(program);
    }

    static String javaOf(Path home) {
        return home.resolve("bin/java").toString();
    }

    AgentRun agent(String options) {
        jvmOptions.add("-javaagent:" + AGENT + "=" + options);
        return this;
    }

    AgentRun jvm(String... options) {
        jvmOptions.addAll(Arrays.asList(options));
        return this;
    }

    AgentRun java(String command) {
        java = command;
        return this;
    }

    AgentRun environment(String name, String value) {
        environment.put(name, value);
        return this;
    }

    AgentRun arguments(String... words) {
        arguments.addAll(Arrays.asList(words));
        return this;
    }

    /** Ours and that of the programs. */
    static String wholeClassPath() {
        @Nullable String ofTests = System.getProperty("surefire.test.class.path");
        return ofTests == null ? System.getProperty("java.class.path") : ofTests;
    }

    /** That of the programs. */
    static String classPath() {
        String all = wholeClassPath();
        /* The library is in the agent's jar and nowhere else, as for an unmodified program. */
        return String.join(
                File.pathSeparator,
                Arrays.stream(all.split(File.pathSeparator, -1))
                        .filter(entry -> !OURS.matcher(entry).find())
                        .toList());
    }

    /** Puts {@code memkind run} with options in front of the program. */
    AgentRun memkindRun(String... options) {
        launcher.addAll(List.of(
                java,
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                wholeClassPath(),
                "-Dmemkind.agent.jar=" + AGENT,
                CLI,
                "run"));
        launcher.addAll(Arrays.asList(options));
        launcher.add("--");
        return this;
    }

    Process start() {
        List<String> command = new ArrayList<>(launcher);
        command.add(java);
        command.addAll(jvmOptions);
        command.addAll(List.of("-cp", classPath(), program.getName()));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.startsWith("MEMKIND_") || name.startsWith("AUTO_HBW"));
        builder.environment().putAll(environment);
        try {
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Result run() {
        return run("");
    }

    Result run(String input) {
        Process process = start();
        try {
            Path err = Files.createTempFile("agent-run", ".err");
            Thread errors = Thread.ofPlatform().start(() -> {
                try {
                    Files.copy(process.getErrorStream(), err, StandardCopyOption.REPLACE_EXISTING);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            process.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().close();
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)).isTrue();
            errors.join();
            String errText = Files.readString(err);
            Files.delete(err);
            return new Result(process.exitValue(), out, errText);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        } finally {
            process.destroyForcibly();
        }
    }
}
