package io.memkind.architecture;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.memkind.MemoryKind;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Which packages of ours use which: by package and used package, one example of a use. */
record PackageUses(Map<String, Map<String, String>> examples) {
    private static final String ROOT = "io.memkind";

    /** The directory or jar that the main classes were loaded from. */
    static Path mainLocation() {
        try {
            return Path.of(MemoryKind.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    static Iterable<JavaClass> mainClasses() {
        return new ClassFileImporter().importPath(mainLocation());
    }

    static PackageUses of(Iterable<JavaClass> classes) {
        Map<String, Map<String, String>> examples = new TreeMap<>();
        for (JavaClass user : classes) {
            Map<String, String> uses = examples.computeIfAbsent(user.getPackageName(), name -> new TreeMap<>());
            for (Dependency dependency : user.getDirectDependenciesFromSelf()) {
                String used = dependency.getTargetClass().getBaseComponentType().getPackageName();
                if (isOurs(used) && !used.equals(user.getPackageName())) {
                    uses.putIfAbsent(used, dependency.getDescription());
                }
            }
        }
        return new PackageUses(examples);
    }

    private static boolean isOurs(String packageName) {
        return packageName.equals(ROOT) || packageName.startsWith(ROOT + ".");
    }

    /** Uses that {@code allowed} does not have, and packages that it does not know. */
    List<String> violations(Map<String, Set<String>> allowed) {
        List<String> found = new ArrayList<>();
        examples.forEach((user, uses) -> {
            if (!allowed.containsKey(user)) {
                found.add(user + " is in no layer");
            }
            uses.forEach((used, example) -> {
                if (!allowed.getOrDefault(user, Set.of()).contains(used)) {
                    found.add(user + " uses " + used + ": " + example);
                }
            });
        });
        return found;
    }

    /** The packages that are on a cycle, or lead to one. */
    Set<String> cyclic() {
        Set<String> left = new TreeSet<>(examples.keySet());
        while (left.removeIf(user -> examples.get(user).keySet().stream().noneMatch(left::contains))) {}
        return left;
    }
}
