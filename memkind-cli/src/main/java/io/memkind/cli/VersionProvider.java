package io.memkind.cli;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IVersionProvider;

/** Says which version this is, and on what it runs. */
final class VersionProvider implements IVersionProvider {
    @Override
    public String[] getVersion() {
        String system = System.getProperty("os.name") + " " + System.getProperty("os.arch");
        return new String[] {"memkind " + version() + " (Java " + Runtime.version() + ", " + system + ")"};
    }

    private static String version() {
        Class<?> type = VersionProvider.class;
        @Nullable String ofJar = type.getPackage().getImplementationVersion();
        return Optional.ofNullable(type.getModule().getDescriptor())
                .flatMap(module -> module.rawVersion())
                .orElse(ofJar == null ? "(development build)" : ofJar);
    }
}
