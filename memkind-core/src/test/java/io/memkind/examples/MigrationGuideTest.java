package io.memkind.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.memkind.settings.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** docs/migration.md has every name of the C library, names no Java that does not exist, and its examples run. */
class MigrationGuideTest {
    private static final Path GUIDE = Path.of("..", "docs", "migration.md");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    private static final String NOT_HERE = "not in this release";
    private static final int LEAST_NAMES = 200;

    /* Where the types of the guide are. */
    private static final List<String> PACKAGES = List.of(
            "io.memkind.",
            "io.memkind.attribute.",
            "io.memkind.hbw.",
            "io.memkind.tier.",
            "io.memkind.settings.",
            "io.memkind.spi.",
            "java.lang.foreign.",
            "java.lang.");

    @TempDir
    private Path directory;

    private record Row(List<String> names, String java, String changes) {}

    private static List<Row> rows(String guide) {
        List<Row> rows = new ArrayList<>();
        for (String line : guide.lines().toList()) {
            String[] cells = line.split("\\|", -1);
            if (line.startsWith("| `") && cells.length == 5) {
                rows.add(new Row(codes(cells[1]), cells[2].strip(), cells[3].strip()));
            }
        }
        return rows;
    }

    private static List<String> codes(String cell) {
        return CODE.matcher(cell).results().map(result -> result.group(1)).toList();
    }

    /** The names of the public headers, of its variables and its programs. */
    private static List<String> namesOfC() throws IOException {
        try (InputStream in = Objects.requireNonNull(MigrationGuideTest.class.getResourceAsStream("c-names.txt"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .toList();
        }
    }

    private static List<String> missing(String guide, List<String> names) {
        List<String> rowed =
                rows(guide).stream().flatMap(row -> row.names().stream()).toList();
        return names.stream().filter(name -> !rowed.contains(name)).toList();
    }

    @Test
    void hasARowForEveryNameOfTheCLibrary() throws IOException {
        assertThat(namesOfC()).hasSizeGreaterThan(LEAST_NAMES).doesNotHaveDuplicates();
        assertThat(missing(Files.readString(GUIDE), namesOfC())).isEmpty();
    }

    @Test
    void reportsAMissingName() {
        assertThat(missing("| `a_b` | `Kinds` | |\n| `c`, `d` | x | y |", List.of("a_b", "b", "d")))
                .containsExactly("b");
    }

    @Test
    void hasOneRowForEach() throws IOException {
        List<String> rowed = rows(Files.readString(GUIDE)).stream()
                .flatMap(row -> row.names().stream())
                .toList();
        assertThat(rowed).doesNotHaveDuplicates();
    }

    @Test
    void eachRowSaysWhatStandsForTheName() throws IOException {
        assertThat(rows(Files.readString(GUIDE))).isNotEmpty().allSatisfy(row -> {
            boolean java = !codes(row.java()).isEmpty();
            boolean none = row.java().equals("—") || row.java().equals(NOT_HERE);
            assertThat(java || none).as("%s", row).isTrue();
        });
    }

    @Test
    void namesNoJavaThatDoesNotExist() throws IOException {
        List<String> unknown = new ArrayList<>();
        int known = 0;
        for (Row row : rows(Files.readString(GUIDE))) {
            List<String> forms = new ArrayList<>(codes(row.java()));
            codes(row.changes()).stream()
                    .filter(code -> code.matches("[A-Z]\\w*[a-z]\\w*(\\.\\w+)?"))
                    .forEach(forms::add);
            for (String form : forms) {
                if (exists(form)) {
                    known++;
                } else {
                    unknown.add(form);
                }
            }
        }
        assertThat(unknown).isEmpty();
        assertThat(known).isGreaterThan(LEAST_NAMES / 2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"MemoryKind.mallok", "NoType", "Kinds.HBW_NONE", "memkind", "memkind nothing x", ""})
    void reportsWhatDoesNotExist(String form) {
        assertThat(exists(form)).isFalse();
    }

    /* A command of the command line, a type, or a member of a type. */
    private static boolean exists(String form) {
        if (form.matches("memkind [a-z-]+")) {
            return Files.exists(Path.of("..", "memkind-cli", "src", "main", "java", "io", "memkind", "cli")
                    .resolve(commandClass(form.substring("memkind ".length())) + ".java"));
        }
        String[] parts = form.split("\\.", -1);
        Optional<Class<?>> type = typeOf(parts[0]);
        return type.isPresent() && (parts.length == 1 || (parts.length == 2 && hasMember(type.get(), parts[1])));
    }

    private static String commandClass(String command) {
        StringBuilder name = new StringBuilder();
        for (String word : command.split("-", -1)) {
            name.append(Character.toUpperCase(word.charAt(0))).append(word.substring(1));
        }
        return name.append("Command").toString();
    }

    private static Optional<Class<?>> typeOf(String name) {
        for (String packageName : PACKAGES) {
            try {
                Class<?> type = Class.forName(packageName + name);
                if (Modifier.isPublic(type.getModifiers())) {
                    return Optional.of(type);
                }
            } catch (ClassNotFoundException | NoClassDefFoundError e) {
                continue; // in another package; or of another case, which the file system may tell
            }
        }
        return Optional.empty();
    }

    private static boolean hasMember(Class<?> type, String name) {
        return Stream.of(type.getMethods()).map(Method::getName).anyMatch(name::equals)
                || Stream.of(type.getFields()).map(Field::getName).anyMatch(name::equals);
    }

    @Test
    void hasEverySetting() throws IOException {
        String guide = Files.readString(GUIDE);
        assertThat(Settings.all()).allSatisfy(setting -> assertThat(guide).contains("`" + setting.variable() + "`"));
    }

    @Test
    void theExamplesRun() throws Exception {
        List<String> examples = DocumentExamples.of("docs/migration.md");
        DocumentExamples runner = new DocumentExamples(directory);

        assertThat(examples).hasSize(9);
        assertThat(runner.run(examples.get(0))).isEqualTo("2048\n800\n");
        assertThat(runner.run(examples.get(1)))
                .startsWith("memkind_interleave\n")
                .endsWith("\n33554432\n");
        assertThat(runner.run(examples.get(2)).lines())
                .containsExactly("ENOMEM", "<memkind> an argument is not accepted", "true");
        assertThat(runner.run(examples.get(3))).isEqualTo("true\n");
        assertThat(runner.run(examples.get(4))).isEqualTo("PREFERRED\n");
        assertThat(runner.run(examples.get(5))).isEqualTo("1000\n");
        assertThat(runner.run(examples.get(6))).isEqualTo("MALLOC of memkind_default\nFREE of memkind_default\n");
        assertThat(runner.run(examples.get(7))).isEmpty();
        assertThat(runner.run(examples.get(8)))
                .isEqualTo("MEMKIND_HOG_MEMORY='maybe' is not understood: set it to 1 for yes or 0 for no\n");
    }

    /* A description of the C library's behaviour, where there is one beside this project. */
    @Test
    void hasTheNamesOfTheDescriptionOfTheCLibrary() throws IOException {
        Path description = Path.of("..", "..", "shared", "memkind-behaviour.md");
        if (!Files.exists(description)) {
            System.out.println("Not compared: there is no " + description);
            return;
        }
        String guide = Files.readString(GUIDE);
        Pattern name = Pattern.compile(
                "\\b(?:memkind|hbw|memtier)_[a-z_0-9]+\\b|\\b(?:MEMKIND|HBW|AUTO_HBW|JEMK)_[A-Z_0-9]+\\b");
        TreeSet<String> missing = new TreeSet<>();
        name.matcher(Files.readString(description))
                .results()
                .map(MatchResult::group)
                .filter(found -> !found.matches(".*_(tests?|bench)|hbw_allocator|MEMKIND_ERROR_|memtier_realloc"))
                .filter(found -> !found.matches("memkind_[a-z_]+") || !isKindName(found))
                .filter(found -> !guide.contains(found))
                .forEach(missing::add);
        assertThat(missing).isEmpty();
    }

    private static boolean isKindName(String name) {
        return io.memkind.Kinds.byName(name).isPresent();
    }
}
