package io.memkind.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

class ModuleDescriptorTest {
    private static ModuleDescriptor descriptor() throws IOException {
        try (InputStream in = Files.newInputStream(PackageUses.mainLocation().resolve("module-info.class"))) {
            return ModuleDescriptor.read(in);
        }
    }

    @Test
    void exportsTheApiToEverybodyAndNothingElse() throws IOException {
        ModuleDescriptor descriptor = descriptor();

        assertThat(descriptor.name()).isEqualTo("io.memkind");
        assertThat(descriptor.exports())
                .allMatch(export -> !export.isQualified())
                .extracting(ModuleDescriptor.Exports::source)
                .containsExactlyInAnyOrder(
                        "io.memkind",
                        "io.memkind.attribute",
                        "io.memkind.hbw",
                        "io.memkind.management",
                        "io.memkind.measure",
                        "io.memkind.settings",
                        "io.memkind.spi",
                        "io.memkind.tier",
                        "io.memkind.topology");
    }

    @Test
    void opensAndProvidesNothingAndUsesHeapManagers() throws IOException {
        ModuleDescriptor descriptor = descriptor();

        assertThat(descriptor.isOpen()).isFalse();
        assertThat(descriptor.opens()).isEmpty();
        assertThat(descriptor.uses()).containsExactly("io.memkind.spi.HeapManager");
        assertThat(descriptor.provides()).isEmpty();
    }

    @Test
    void requiresNothingAtRunTimeButTheBaseModule() throws IOException {
        assertThat(descriptor().requires())
                .extracting(ModuleDescriptor.Requires::name)
                .containsExactlyInAnyOrder("java.base", "org.jspecify", "java.management", "jdk.jfr");
        assertThat(descriptor().requires())
                .filteredOn(requires -> !requires.modifiers().contains(ModuleDescriptor.Requires.Modifier.STATIC))
                .extracting(ModuleDescriptor.Requires::name)
                .containsExactly("java.base");
    }
}
