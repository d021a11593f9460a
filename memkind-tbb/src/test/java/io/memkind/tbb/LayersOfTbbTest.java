package io.memkind.tbb;

import static org.assertj.core.api.Assertions.assertThat;

import io.memkind.spi.HeapManager;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.module.ModuleDescriptor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** Native calls are made in one package, and of the library the module uses the service-provider interface only. */
class LayersOfTbbTest {
    private static Path classes() {
        try {
            return Path.of(TbbHeapManager.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (java.net.URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    private static Set<String> usedBy(Path classFile) {
        try {
            Set<String> names = new TreeSet<>();
            StreamSupport.stream(
                            ClassFile.of()
                                    .parse(Files.readAllBytes(classFile))
                                    .constantPool()
                                    .spliterator(),
                            false)
                    .filter(ClassEntry.class::isInstance)
                    .forEach(entry -> names.add(((ClassEntry) entry).asInternalName()));
            return names;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void nativeCallsAreMadeInOnePackage() throws IOException {
        Set<String> callers = new TreeSet<>();
        Set<String> usedOfTheLibrary = new TreeSet<>();
        try (Stream<Path> files = Files.walk(classes())) {
            List<Path> found =
                    files.filter(file -> file.toString().endsWith(".class")).toList();
            assertThat(found).hasSizeGreaterThan(8);
            for (Path file : found) {
                for (String used : usedBy(file)) {
                    if (used.startsWith("java/lang/foreign/")) {
                        callers.add(classes().relativize(file.getParent()).toString());
                    }
                    if (used.startsWith("io/memkind/") && !used.startsWith("io/memkind/tbb/")) {
                        usedOfTheLibrary.add(used.substring(0, used.lastIndexOf('/')));
                    }
                }
            }
        }
        assertThat(callers).containsExactly("io/memkind/tbb/os");
        assertThat(usedOfTheLibrary).containsExactly("io/memkind/spi");
    }

    @Test
    void theModuleProvidesTheManagerAndExportsNothing() throws IOException {
        try (InputStream in = Files.newInputStream(classes().resolve("module-info.class"))) {
            ModuleDescriptor descriptor = ModuleDescriptor.read(in);
            assertThat(descriptor.exports()).isEmpty();
            assertThat(descriptor.provides()).singleElement().satisfies(provides -> {
                assertThat(provides.service()).isEqualTo(HeapManager.class.getName());
                assertThat(provides.providers()).containsExactly(TbbHeapManager.class.getName());
            });
        }
    }

    @Test
    void theManagerIsFoundOnTheClassPath() {
        assertThat(ServiceLoader.load(HeapManager.class).stream().map(ServiceLoader.Provider::type))
                .contains(TbbHeapManager.class);
    }
}
