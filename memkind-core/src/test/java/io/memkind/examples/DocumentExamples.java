package io.memkind.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/** The Java blocks of a document of this project: each compiles without a warning, as the body of a method, and runs. */
final class DocumentExamples {
    private static final Pattern BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
    private static final String IMPORTS =
            "import io.memkind.*;\nimport io.memkind.attribute.*;\nimport io.memkind.hbw.*;\nimport io.memkind.management.*;\n"
                    + "import io.memkind.settings.*;\nimport io.memkind.tier.*;\nimport java.io.*;\n"
                    + "import java.lang.foreign.*;\nimport java.lang.management.ManagementFactory;\nimport java.nio.file.*;\n"
                    + "import java.util.*;\nimport javax.management.*;\nimport jdk.jfr.*;\nimport jdk.jfr.consumer.*;\n";

    private final Path directory;

    /** Compiles into a directory. */
    DocumentExamples(Path directory) {
        this.directory = directory;
    }

    /** The blocks of a document, by its path from the root of the project. */
    static List<String> of(String document) throws IOException {
        String text = Files.readString(Path.of("..", document));
        List<String> blocks =
                BLOCK.matcher(text).results().map(DocumentExamples::code).toList();
        assertThat(blocks).as("java blocks of " + document).isNotEmpty();
        return blocks;
    }

    private static String code(MatchResult block) {
        return block.group(1);
    }

    /** What a block prints. */
    String run(String code) throws Exception {
        Path source = directory.resolve("Example.java");
        Files.writeString(
                source,
                IMPORTS + "public class Example {\npublic static void run() throws Exception {\n" + code + "}\n}\n");
        compile(source);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream before = System.out;
        try (URLClassLoader loader = new URLClassLoader(
                new URL[] {directory.toUri().toURL()}, getClass().getClassLoader())) {
            System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
            loader.loadClass("Example").getMethod("run").invoke(null);
        } finally {
            System.setOut(before);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private void compile(Path source) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        List<String> options = List.of(
                "-Xlint:all",
                "-Werror",
                "-proc:none",
                "-cp",
                System.getProperty("java.class.path"),
                "-d",
                directory.toString());
        boolean compiled = compiler.getTask(
                        messages,
                        null,
                        null,
                        options,
                        null,
                        compiler.getStandardFileManager(null, null, null).getJavaFileObjects(source))
                .call();
        assertThat(compiled).as(messages.toString()).isTrue();
    }
}
