package io.memkind.agent.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.memkind.agent.policy.AllocationPolicy;
import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class AgentLayersTest {
    private static final String ROOT = "io.memkind.agent.";
    private static final Set<String> API =
            Set.of("io.memkind", "io.memkind.attribute", "io.memkind.tier", "io.memkind.topology");

    /* What each package may use of the agent's own. */
    private static final Map<String, Set<String>> ALLOWED = Map.of(
            "entry", Set.of(),
            "boot", Set.of(),
            "policy", Set.of(),
            "management", Set.of(),
            "internal.hook", Set.of(),
            "internal.redirect", Set.of("internal.hook", "policy"),
            "internal.report", Set.of("internal.redirect"),
            "internal", Set.of("internal.hook", "internal.redirect", "internal.report", "management", "policy"));

    private static Path classes() throws URISyntaxException {
        return Path.of(AllocationPolicy.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
    }

    /* The library lies below META-INF of the same directory once the jar has been made. */
    private static Map<String, Set<String>> uses() throws URISyntaxException {
        Map<String, Set<String>> uses = new TreeMap<>();
        for (JavaClass type : new ClassFileImporter().importPath(classes().resolve("io/memkind/agent"))) {
            Set<String> used = uses.computeIfAbsent(type.getPackageName(), name -> new TreeSet<>());
            for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                String name = dependency.getTargetClass().getBaseComponentType().getPackageName();
                if (name.startsWith("io.memkind") && !name.equals(type.getPackageName())) {
                    used.add(name);
                }
            }
        }
        return uses;
    }

    @Test
    void usesLowerPackagesAndTheExportedApiOnly() throws Exception {
        Map<String, Set<String>> uses = uses();

        assertThat(uses.keySet())
                .containsExactlyInAnyOrderElementsOf(
                        ALLOWED.keySet().stream().map(name -> ROOT + name).toList());
        uses.forEach((user, used) -> assertThat(used)
                .as(user)
                .allMatch(name -> API.contains(name)
                        || (name.startsWith(ROOT)
                                && ALLOWED.get(user.substring(ROOT.length()))
                                        .contains(name.substring(ROOT.length())))));
    }

    @Test
    void dependsOnNothingButTheLibraryAndTheJdk() throws Exception {
        try (InputStream in = Files.newInputStream(classes().resolve("module-info.class"))) {
            ModuleDescriptor descriptor = ModuleDescriptor.read(in);

            assertThat(descriptor.requires())
                    .filteredOn(requires -> !requires.modifiers().contains(ModuleDescriptor.Requires.Modifier.STATIC))
                    .extracting(ModuleDescriptor.Requires::name)
                    .containsExactlyInAnyOrder("java.base", "java.instrument", "io.memkind");
            assertThat(descriptor.exports())
                    .extracting(ModuleDescriptor.Exports::source)
                    .containsExactlyInAnyOrder("io.memkind.agent.management", "io.memkind.agent.policy");
        }
    }

    /* Major version 52 is Java 8. */
    @Test
    void everyJavaCanLoadTheEntry() throws IOException, URISyntaxException {
        byte[] entry = Files.readAllBytes(classes().resolve("io/memkind/agent/entry/AgentEntry.class"));

        assertThat(entry[7]).isEqualTo((byte) 52);
    }
}
