package io.memkind.topology;

import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.TreeSet;

/**
 * Reads the DAX devices ({@code /sys/bus/dax}).
 *
 * <p>An entry is a link into the device tree; where that was not captured, the place that the link names still tells the
 * make of the memory, and the link under the driver tells the mode.
 */
final class DaxReader {
    private static final String DEVICES = "sys/bus/dax/devices";
    private static final String KMEM = "sys/bus/dax/drivers/kmem";
    private static final int MAX_DEVICES = 4096;

    private DaxReader() {}

    static List<DaxDevice> read(SysfsFiles files) {
        TreeSet<String> names = new TreeSet<>(Comparator.comparingLong((String name) -> number(name, 0))
                .thenComparingLong(name -> number(name, 1))
                .thenComparing(Comparator.naturalOrder()));
        names.addAll(files.names(DEVICES, "dax"));
        names.addAll(files.names(KMEM, "dax"));
        return names.stream()
                .filter(name -> name.matches("dax[0-9]{1,9}\\.[0-9]{1,9}"))
                .limit(MAX_DEVICES)
                .map(name -> read(files, name))
                .toList();
    }

    private static long number(String name, int index) {
        String[] numbers = name.substring("dax".length()).split("\\.", 2);
        return index < numbers.length ? Numbers.parse(numbers[index]).orElse(0) : 0;
    }

    private static DaxDevice read(SysfsFiles files, String name) {
        boolean kmem = files.has(KMEM + "/" + name);
        String device = files.has(DEVICES + "/" + name) ? DEVICES + "/" + name : KMEM + "/" + name;
        OptionalInt target = files.smallNumber(device + "/target_node"); // -1 if the firmware tells none
        return new DaxDevice(
                name,
                files.number(device + "/size"),
                target,
                kmem || driver(files, device).endsWith("/kmem"),
                backing(files.linkText(device)));
    }

    private static String driver(SysfsFiles files, String device) {
        String link = files.linkText(device + "/driver");
        return link.isEmpty() ? "/" + files.text(device + "/driver") : link;
    }

    /*
     * ndbusN is of the driver nd, also for CXL memory that is persistent; hmem.N of soft-reserved memory; ACPI0017 is the
     * root of CXL.
     */
    private static DaxBacking backing(String link) {
        if (link.contains("/ndbus")) {
            return DaxBacking.PERSISTENT;
        }
        if (link.contains("/hmem.") || link.contains("/hmem/")) {
            return DaxBacking.SOFT_RESERVED;
        }
        boolean cxl = link.contains("/ACPI0017:") || link.contains("/cxl") || link.contains("/decoder");
        return cxl ? DaxBacking.CXL : DaxBacking.UNKNOWN;
    }
}
