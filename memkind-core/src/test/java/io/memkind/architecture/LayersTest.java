package io.memkind.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.lang.foreign.Linker;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class LayersTest {
    private static final String API = "io.memkind";
    private static final String ATTRIBUTE = "io.memkind.attribute";
    private static final String TOPOLOGY = "io.memkind.topology";
    private static final String MEASURE = "io.memkind.measure";
    private static final String PROBE = "io.memkind.internal.probe";
    private static final String LOCALITY = "io.memkind.internal.locality";
    private static final String SELECT = "io.memkind.internal.select";
    private static final String OS = "io.memkind.internal.os";
    private static final String EXTENT = "io.memkind.internal.extent";
    private static final String HEAP = "io.memkind.internal.heap";

    /*
     * The heap uses os beside extent: it reads metadata at raw addresses and asks for process barriers.
     */
    private static final Map<String, Set<String>> ALLOWED = Map.of(
            ATTRIBUTE, Set.of(),
            TOPOLOGY, Set.of(),
            LOCALITY, Set.of(TOPOLOGY),
            SELECT, Set.of(LOCALITY, TOPOLOGY, ATTRIBUTE),
            OS, Set.of(),
            EXTENT, Set.of(OS, TOPOLOGY, ATTRIBUTE),
            HEAP, Set.of(EXTENT, OS),
            PROBE, Set.of(OS, TOPOLOGY),
            MEASURE, Set.of(PROBE, OS, TOPOLOGY),
            API, Set.of(HEAP, EXTENT, SELECT, TOPOLOGY, ATTRIBUTE, MEASURE));

    private static final Map<String, Integer> LEAST_CLASSES = Map.of(
            ATTRIBUTE, 4, TOPOLOGY, 6, LOCALITY, 5, SELECT, 18, OS, 9, EXTENT, 14, HEAP, 14, PROBE, 7, MEASURE, 12, API,
            15);

    private final Iterable<JavaClass> classes = PackageUses.mainClasses();

    @Test
    void findsTheClassesOfEveryLayer() {
        Map<String, Integer> found = new TreeMap<>();
        classes.forEach(type -> found.merge(type.getPackageName(), 1, Integer::sum));

        assertThat(found).containsOnlyKeys(ALLOWED.keySet());
        LEAST_CLASSES.forEach((name, least) ->
                assertThat(found.get(name)).as("classes of %s found", name).isGreaterThanOrEqualTo(least));
    }

    @Test
    void usesOnlyLowerLayers() {
        assertThat(PackageUses.of(classes).violations(ALLOWED)).isEmpty();
    }

    @Test
    void reportsAUseThatIsNotAllowed() {
        Map<String, Set<String>> broken = new HashMap<>(ALLOWED);
        broken.put(EXTENT, Set.of(TOPOLOGY));
        broken.remove(TOPOLOGY);

        assertThat(PackageUses.of(classes).violations(broken))
                .anyMatch(violation -> violation.startsWith(EXTENT + " uses " + OS + ": "))
                .contains(TOPOLOGY + " is in no layer");
    }

    @Test
    void hasNoPackageCycle() {
        assertThat(PackageUses.of(classes).cyclic()).isEmpty();
    }

    @Test
    void reportsACycle() {
        PackageUses uses = new PackageUses(Map.of(
                "a",
                Map.of("b", ""),
                "b",
                Map.of("c", ""),
                "c",
                Map.of("b", "", "d", ""),
                "d",
                Map.<String, String>of()));

        assertThat(uses.cyclic()).containsExactly("a", "b", "c");
    }

    @Test
    void callsNativeCodeOnlyInTheOsLayer() {
        assertThat(packagesWithNativeCalls(classes)).containsExactly(OS);
    }

    @Test
    void reportsANativeCallElsewhere() {
        Iterable<JavaClass> rogues = new ClassFileImporter().importClasses(RogueLinker.class, RogueLoader.class);

        assertThat(rogues)
                .allSatisfy(rogue -> assertThat(callsNativeCode(rogue)).isTrue());
        assertThat(packagesWithNativeCalls(rogues)).containsExactly("io.memkind.architecture");
    }

    private static Set<String> packagesWithNativeCalls(Iterable<JavaClass> classes) {
        Set<String> found = new TreeSet<>();
        for (JavaClass type : classes) {
            if (callsNativeCode(type)) {
                found.add(type.getPackageName());
            }
        }
        return found;
    }

    private static boolean callsNativeCode(JavaClass type) {
        return type.getDirectDependenciesFromSelf().stream()
                        .map(dependency -> dependency.getTargetClass().getName())
                        .anyMatch(name -> name.startsWith("java.lang.foreign.Linker")
                                || name.equals("java.lang.foreign.SymbolLookup"))
                || type.getMethods().stream()
                        .anyMatch(method -> method.getModifiers().contains(JavaModifier.NATIVE))
                || type.getMethodCallsFromSelf().stream()
                        .anyMatch(call -> call.getTargetOwner().isEquivalentTo(System.class)
                                && call.getName().startsWith("load"));
    }

    @SuppressWarnings("restricted")
    static final class RogueLinker {
        static boolean finds(String symbol) {
            return Linker.nativeLinker().defaultLookup().find(symbol).isPresent();
        }
    }

    @SuppressWarnings("restricted")
    static final class RogueLoader {
        static void load(String library) {
            System.loadLibrary(library);
        }
    }
}
