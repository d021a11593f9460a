package io.memkind.topology;

import java.util.HashMap;
import java.util.Map;

/** Reads the memory tiers (Documentation/ABI/testing/sysfs-kernel-mm-memory-tiers). */
final class TierReader {
    private static final String DIRECTORY = "sys/devices/virtual/memory_tiering";
    private static final int MAX_TIERS = 1024;

    private TierReader() {}

    static Map<Integer, Integer> tierByNode(SysfsFiles files) {
        Map<Integer, Integer> tiers = new HashMap<>();
        files.numbered(DIRECTORY, "memory_tier").entrySet().stream()
                .limit(MAX_TIERS)
                .forEach(tier -> nodes(files, tier.getValue()).forEach(node -> tiers.putIfAbsent(node, tier.getKey())));
        return tiers;
    }

    private static Iterable<Integer> nodes(SysfsFiles files, String tier) {
        return Numbers.list(files.text(tier + "/nodelist"));
    }
}
