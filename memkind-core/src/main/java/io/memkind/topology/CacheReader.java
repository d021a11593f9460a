package io.memkind.topology;

import java.util.List;

/** Reads the memory-side caches of a node ({@code memory_side_cache/indexN}). */
final class CacheReader {
    private static final int MAX_CACHES = 16;

    private CacheReader() {}

    static List<MemorySideCache> read(SysfsFiles files, String directory) {
        return files.numbered(directory, "index").entrySet().stream()
                .limit(MAX_CACHES)
                .map(entry -> new MemorySideCache(
                        entry.getKey(),
                        files.number(entry.getValue() + "/size"),
                        files.number(entry.getValue() + "/line_size"),
                        files.smallNumber(entry.getValue() + "/indexing"),
                        files.smallNumber(entry.getValue() + "/write_policy")))
                .toList();
    }
}
