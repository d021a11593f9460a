package io.memkind.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * C2 inlines nothing more into a method for which it has made 18,000 nodes (NodeCountInliningCutoff). An access to raw memory
 * costs 640 of them, so that the fast paths have to be sparing: a caller with two pairs of malloc and free has them inlined
 * whole.
 */
class NodeBudgetTest {
    private static final Pattern TASK =
            Pattern.compile("<task [^>]*PairProgram twoPairs (?:(?!level=)[^>])*>.*?</task>", Pattern.DOTALL);

    @TempDir
    private Path directory;

    @Test
    void twoPairsAreInlinedIntoTheirCaller() throws IOException, InterruptedException {
        Path log = directory.resolve("compilations.xml");
        Path output = directory.resolve("output");
        Process program = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:+UnlockDiagnosticVMOptions",
                        "-XX:+LogCompilation",
                        "-XX:LogFile=" + log,
                        "-cp",
                        System.getProperty("java.class.path"),
                        PairProgram.class.getName())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(program.waitFor()).as(() -> read(output)).isZero();
        String last = "";
        Matcher tasks = TASK.matcher(Files.readString(log));
        while (tasks.find()) {
            last = tasks.group();
        }
        assertThat(last)
                .as("the compilation by C2")
                .contains("name='tryAllocate'")
                .contains("name='tryFree'");
        assertThat(last).doesNotContain("NodeCountInliningCutoff");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
