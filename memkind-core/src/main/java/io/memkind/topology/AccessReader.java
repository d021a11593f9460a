package io.memkind.topology;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** Reads the performance attributes of a node ({@code accessN/initiators}; Documentation/admin-guide/mm/numaperf.rst). */
final class AccessReader {
    /** Linux has two classes. */
    private static final int MAX_CLASSES = 16;

    private AccessReader() {}

    static List<AccessAttributes> read(SysfsFiles files, String node) {
        return files.numbered(node, "access").entrySet().stream()
                .limit(MAX_CLASSES)
                .filter(entry -> files.has(entry.getValue() + "/initiators"))
                .map(entry -> read(files, entry))
                .toList();
    }

    private static AccessAttributes read(SysfsFiles files, Map.Entry<Integer, String> entry) {
        String directory = entry.getValue() + "/initiators";
        return new AccessAttributes(
                entry.getKey(),
                List.copyOf(files.numbered(directory, "node").keySet()),
                known(files, directory + "/read_bandwidth"),
                known(files, directory + "/write_bandwidth"),
                known(files, directory + "/read_latency"),
                known(files, directory + "/write_latency"));
    }

    /* The kernel shows 0 for what the firmware does not tell. */
    private static OptionalLong known(SysfsFiles files, String path) {
        long value = files.number(path);
        return value == 0 ? OptionalLong.empty() : OptionalLong.of(value);
    }
}
