package io.memkind.agent.boot;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.net.URI;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;

/** The modules in the agent's jar: its own, whose classes are at the root, and the library's, in a directory. */
final class JarModules implements ModuleFinder {
    private static final String META_INF = "META-INF/";
    private static final Map<String, String> ROOTS =
            Map.of("io.memkind.agent", "", "io.memkind", META_INF + "modules/io.memkind/");

    private final JarFile jar;
    private final URI location;

    JarModules(JarFile jar, URI location) {
        this.jar = jar;
        this.location = location;
    }

    @Override
    public Optional<ModuleReference> find(String name) {
        String root = ROOTS.get(name);
        if (root == null) {
            return Optional.empty();
        }
        ZipEntry descriptor = Objects.requireNonNull(jar.getEntry(root + "module-info.class"), name);
        try (InputStream in = jar.getInputStream(descriptor)) {
            return Optional.of(
                    new JarModule(ModuleDescriptor.read(in, () -> packagesBelow(root)), location, jar, root));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Set<ModuleReference> findAll() {
        Set<ModuleReference> all = new LinkedHashSet<>();
        ROOTS.keySet().forEach(name -> all.add(find(name).orElseThrow()));
        return all;
    }

    private Set<String> packagesBelow(String root) {
        Set<String> packages = new TreeSet<>();
        jar.stream().map(ZipEntry::getName).forEach(name -> {
            boolean below = name.startsWith(root) && !(root.isEmpty() && name.startsWith(META_INF));
            int slash = name.lastIndexOf('/');
            if (below && name.endsWith(".class") && slash > root.length()) {
                packages.add(name.substring(root.length(), slash).replace('/', '.'));
            }
        });
        return packages;
    }
}
