package io.memkind.testbed;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The {@code memkind} command, and programs that {@code memkind exec} starts. They run on the processors of the thread that starts them. */
final class Programs {
    /** The property with the command line of the {@code memkind} command, a word a line; testbed/run sets it. */
    private static final String COMMAND = "memkind.testbed.cli";

    /**
     * @param status the exit status, as a shell sees it
     * @param output all that it said
     */
    record Ended(int status, String output) {}

    private Programs() {}

    static Ended exec(String kindName, String... program) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of("exec", "--kind", "memkind_" + kindName, "--"));
        words.addAll(List.of(program));
        return memkind(words.toArray(String[]::new));
    }

    /** The {@code memkind} command with these arguments. */
    static Ended memkind(String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(Optional.ofNullable(System.getProperty(COMMAND))
                .orElseThrow(() -> new IllegalArgumentException("the property " + COMMAND + " is not set"))
                .lines()
                .toList());
        command.addAll(List.of(words));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        try (InputStream output = process.getInputStream()) {
            String text = new String(output.readAllBytes(), StandardCharsets.UTF_8);
            return new Ended(process.waitFor(), text);
        }
    }
}
