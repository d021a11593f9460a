package io.memkind.cli.stats;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A JVM that runs a program until this is closed. */
public final class RunningProgram implements AutoCloseable {
    private final Process process;

    private RunningProgram(Process process) {
        this.process = process;
    }

    /** Holds 32 MiB and 112 bytes in the kind {@link KindHolder#KIND}, which can be seen. */
    public static RunningProgram withKinds() throws IOException {
        return start(KindHolder.class);
    }

    public static RunningProgram withoutKinds() throws IOException {
        return start(IdleProgram.class);
    }

    private static RunningProgram start(Class<?> program, String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:-UsePerfData",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path")));
        command.addAll(List.of(options));
        command.add(program.getName());
        RunningProgram running = new RunningProgram(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
        BufferedReader lines = running.process.inputReader(StandardCharsets.UTF_8);
        String line = lines.readLine();
        if (!"ready".equals(line)) {
            running.close();
            throw new IOException(program + " said " + line);
        }
        return running;
    }

    public long pid() {
        return process.pid();
    }

    /** Ends it, and waits for that. */
    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }
}
