package io.memkind.topology;

import java.nio.file.Path;
import java.util.Optional;

/** What the maker calls a machine: by SMBIOS ({@code /sys/class/dmi/id}), or by its device tree. */
public final class ProductName {
    private ProductName() {}

    /**
     * Reads it. Everybody may read this file, unlike those of serial numbers.
     *
     * @param root the directory that holds {@code sys}; {@code /} for the running machine
     * @return the name; empty if the machine has none, as many containers and virtual machines
     */
    public static String read(Path root) {
        SysfsFiles files = new SysfsFiles(root);
        return Optional.of(files.text("sys/class/dmi/id/product_name"))
                .filter(name -> !name.isEmpty())
                .orElseGet(() -> files.text("sys/firmware/devicetree/base/model"));
    }
}
