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
    private static final String HBW = "io.memkind.hbw";
    private static final String TIER = "io.memkind.tier";
    private static final String LOG = "io.memkind.internal.log";
    private static final String SETTINGS = "io.memkind.settings";
    private static final String TOPOLOGY = "io.memkind.topology";
    private static final String MEASURE = "io.memkind.measure";
    private static final String PROBE = "io.memkind.internal.probe";
    private static final String LOCALITY = "io.memkind.internal.locality";
    private static final String SELECT = "io.memkind.internal.select";
    private static final String OS = "io.memkind.internal.os";
    private static final String EXTENT = "io.memkind.internal.extent";
    private static final String HEAP = "io.memkind.internal.heap";

    private static final String JFR = "io.memkind.internal.jfr";
    private static final String BEANS = "io.memkind.internal.management";
    private static final String MANAGEMENT = "io.memkind.management";
    private static final String SPI = "io.memkind.spi";
    private static final String MANAGED = "io.memkind.internal.managed";

    /*
     * The heap uses os beside extent: it reads metadata at raw addresses and asks for process barriers.
     */
    private static final Map<String, Set<String>> ALLOWED = Map.ofEntries(
            Map.entry(ATTRIBUTE, Set.of()),
            Map.entry(SETTINGS, Set.of()),
            Map.entry(LOG, Set.of(SETTINGS)),
            Map.entry(TOPOLOGY, Set.of(SETTINGS)),
            Map.entry(LOCALITY, Set.of(TOPOLOGY)),
            Map.entry(SELECT, Set.of(LOCALITY, TOPOLOGY, SETTINGS, ATTRIBUTE)),
            Map.entry(OS, Set.of()),
            Map.entry(EXTENT, Set.of(OS, TOPOLOGY, ATTRIBUTE)),
            Map.entry(HEAP, Set.of(EXTENT, OS, LOG, SETTINGS)),
            Map.entry(JFR, Set.of(HEAP, EXTENT)),
            Map.entry(BEANS, Set.of()),
            Map.entry(MANAGEMENT, Set.of()),
            Map.entry(PROBE, Set.of(OS, TOPOLOGY)),
            Map.entry(MEASURE, Set.of(PROBE, OS, TOPOLOGY, LOG, SETTINGS)),
            Map.entry(
                    API,
                    Set.of(
                            HEAP,
                            EXTENT,
                            SELECT,
                            MEASURE,
                            TOPOLOGY,
                            LOG,
                            SETTINGS,
                            ATTRIBUTE,
                            JFR,
                            BEANS,
                            MANAGEMENT,
                            MANAGED,
                            SPI)),
            Map.entry(HBW, Set.of(API)),
            Map.entry(SPI, Set.of()),
            Map.entry(MANAGED, Set.of(SPI, HEAP, EXTENT, LOG)),
            Map.entry(TIER, Set.of(API, JFR)));

    private static final Map<String, Integer> LEAST_CLASSES = Map.ofEntries(
            Map.entry(ATTRIBUTE, 4),
            Map.entry(SETTINGS, 6),
            Map.entry(LOG, 3),
            Map.entry(TOPOLOGY, 6),
            Map.entry(LOCALITY, 5),
            Map.entry(SELECT, 18),
            Map.entry(OS, 9),
            Map.entry(EXTENT, 14),
            Map.entry(HEAP, 14),
            Map.entry(JFR, 8),
            Map.entry(BEANS, 1),
            Map.entry(MANAGEMENT, 6),
            Map.entry(PROBE, 7),
            Map.entry(MEASURE, 12),
            Map.entry(API, 15),
            Map.entry(SPI, 3),
            Map.entry(MANAGED, 4),
            Map.entry(HBW, 4),
            Map.entry(TIER, 15));

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

    /* A class is loaded when one that uses it is linked: only that way does the library run without the module. */
    @Test
    void usesAModuleOfTheJdkBeyondTheBaseInOnePackageEach() {
        assertThat(packagesThatUse("jdk.jfr")).containsExactly(JFR);
        assertThat(packagesThatUse("javax.management")).containsExactly(BEANS);
        assertThat(packagesThatUse("java.lang.management")).containsExactly(BEANS);
    }

    @Test
    void logsInOnePlace() {
        Set<String> found = new TreeSet<>();
        for (JavaClass type : classes) {
            if (type.getMethodCallsFromSelf().stream()
                    .anyMatch(call -> call.getName().equals("getLogger"))) {
                found.add(type.getPackageName());
            }
        }
        assertThat(found).containsExactly(LOG);
    }

    private Set<String> packagesThatUse(String packageName) {
        Set<String> found = new TreeSet<>();
        for (JavaClass type : classes) {
            boolean uses = type.getDirectDependenciesFromSelf().stream()
                    .anyMatch(dependency ->
                            dependency.getTargetClass().getPackageName().equals(packageName));
            if (uses) {
                found.add(type.getPackageName());
            }
        }
        return found;
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
