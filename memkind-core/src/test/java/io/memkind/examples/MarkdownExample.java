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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/**
 * The first java block of a page of the project, as the body of a method.
 *
 * @param directory where the compiled class goes
 */
record MarkdownExample(String code, Path directory) {
    private static final Pattern BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    /** Reads the example of a page, whose path is relative to the project. */
    static MarkdownExample of(String page, Path directory) throws IOException {
        Matcher matcher = BLOCK.matcher(Files.readString(Path.of("..", page)));
        assertThat(matcher.find()).as(page + " has a java block").isTrue();
        return new MarkdownExample(matcher.group(1), directory);
    }

    /** Compiles it without a warning, runs it, and returns what it prints. */
    String run(String... importedPackages) throws Exception {
        StringBuilder source = new StringBuilder("import java.lang.foreign.*;\n");
        for (String name : importedPackages) {
            source.append("import ").append(name).append(".*;\n");
        }
        source.append("public class Example {\npublic static void run() {\n")
                .append(code)
                .append("}\n}\n");
        Path file = Files.writeString(directory.resolve("Example.java"), source);
        compile(file);
        return output();
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
                directory + "");
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

    private String output() throws Exception {
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
}
