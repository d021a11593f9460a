package io.memkind.cli;

import io.memkind.Version;
import picocli.CommandLine.IVersionProvider;

/** Says which version this is, and on what it runs. */
final class VersionProvider implements IVersionProvider {
    @Override
    public String[] getVersion() {
        String system = System.getProperty("os.name") + " " + System.getProperty("os.arch");
        return new String[] {"memkind " + Version.current() + " (Java " + Runtime.version() + ", " + system + ")"};
    }
}
