package io.memkind.topology;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;

/** Reads hugetlb pools: directories such as {@code hugepages-2048kB} (Documentation/admin-guide/mm/hugetlbpage.rst). */
final class PoolReader {
    private static final String PREFIX = "hugepages-";
    private static final String SUFFIX = "kB";
    private static final int MAX_POOLS = 64;

    private PoolReader() {}

    static List<HugePagePool> read(SysfsFiles files, String directory) {
        List<HugePagePool> pools = new ArrayList<>();
        for (String name : files.names(directory, PREFIX)) {
            boolean named = name.endsWith(SUFFIX) && name.length() > PREFIX.length() + SUFFIX.length();
            OptionalLong kibibytes = named
                    ? Numbers.parse(name.substring(PREFIX.length(), name.length() - SUFFIX.length()))
                    : OptionalLong.empty();
            boolean size =
                    kibibytes.isPresent() && kibibytes.getAsLong() > 0 && kibibytes.getAsLong() <= Long.MAX_VALUE >> 10;
            if (size && pools.size() < MAX_POOLS) {
                pools.add(read(files, directory + "/" + name, kibibytes.getAsLong() << 10));
            }
        }
        pools.sort(Comparator.comparingLong(HugePagePool::pageByteSize));
        return List.copyOf(pools);
    }

    private static HugePagePool read(SysfsFiles files, String pool, long pageByteSize) {
        return new HugePagePool(
                pageByteSize,
                files.number(pool + "/nr_hugepages"),
                files.number(pool + "/free_hugepages"),
                files.number(pool + "/nr_overcommit_hugepages"),
                files.number(pool + "/surplus_hugepages"));
    }
}
