package io.memkind.agent.boot;

import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleReader;
import java.lang.module.ModuleReference;
import java.net.URI;
import java.util.Optional;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.jspecify.annotations.Nullable;

/** A module in a directory of a jar that stays open. */
final class JarModule extends ModuleReference {
    private final URI location;
    private final JarFile jar;
    private final String root;

    JarModule(ModuleDescriptor descriptor, URI location, JarFile jar, String root) {
        super(descriptor, location);
        this.location = location;
        this.jar = jar;
        this.root = root;
    }

    @Override
    public ModuleReader open() {
        return new ModuleReader() {
            private @Nullable ZipEntry entry(String name) {
                return jar.getEntry(root + name);
            }

            @Override
            public Optional<URI> find(String name) {
                return entry(name) == null
                        ? Optional.empty()
                        : Optional.of(URI.create("jar:" + location + "!/" + root + name));
            }

            @Override
            public Optional<InputStream> open(String name) throws IOException {
                ZipEntry entry = entry(name);
                return entry == null ? Optional.empty() : Optional.of(jar.getInputStream(entry));
            }

            @Override
            public Stream<String> list() {
                return jar.stream()
                        .map(ZipEntry::getName)
                        .filter(name -> name.startsWith(root))
                        .map(name -> name.substring(root.length()));
            }

            @Override
            public void close() {}
        };
    }
}
