package io.memkind.topology;

import java.util.List;
import java.util.Map;

/** Reads which processors are online ({@code /sys/devices/system/cpu}). */
final class CpuReader {
    private static final String DIRECTORY = "sys/devices/system/cpu";

    private CpuReader() {}

    /** The online processors, ascending; none if the tree does not tell. */
    static List<Integer> online(SysfsFiles files) {
        List<Integer> online = Numbers.list(files.text(DIRECTORY + "/online"));
        if (!online.isEmpty()) {
            return online;
        }
        // Old kernels have no list. A processor that cannot go offline has no file of its own.
        return files.numbered(DIRECTORY, "cpu").entrySet().stream()
                .filter(cpu -> !files.text(cpu.getValue() + "/online").equals("0"))
                .map(Map.Entry::getKey)
                .toList();
    }
}
