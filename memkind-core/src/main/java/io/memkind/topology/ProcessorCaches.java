package io.memkind.topology;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/** The caches of processors ({@code cpuN/cache/indexM}; Documentation/ABI/testing/sysfs-devices-system-cpu). */
public final class ProcessorCaches {
    private static final String CPUS = "sys/devices/system/cpu/cpu";
    private static final String UNITS = "KMG";

    private ProcessorCaches() {}

    /**
     * The size of the last-level caches of some processors, all together. A cache that several of them share counts once.
     *
     * @param root the directory that holds {@code sys}; {@code /} for the running machine
     * @param cpus numbers of the processors
     * @return bytes; 0 if the kernel does not tell
     */
    public static long lastLevelByteSize(Path root, List<Integer> cpus) {
        SysfsFiles files = new SysfsFiles(root);
        Set<String> seen = new HashSet<>();
        long sum = 0;
        for (int cpu : cpus) {
            long level = 0;
            long byteSize = 0;
            String cache = "";
            for (Map.Entry<Integer, String> index :
                    files.numbered(CPUS + cpu + "/cache", "index").entrySet()) {
                String directory = index.getValue();
                long thisLevel = files.number(directory + "/level");
                if (thisLevel > level && !files.text(directory + "/type").equals("Instruction")) {
                    level = thisLevel;
                    byteSize = bytes(files.text(directory + "/size"));
                    String sharers = files.text(directory + "/shared_cpu_list");
                    cache = level + " of " + (sharers.isEmpty() ? cpu : sharers);
                }
            }
            sum += seen.add(cache) ? byteSize : 0;
        }
        return sum;
    }

    /* Such as 32768K. */
    private static long bytes(String text) {
        int unit = text.isEmpty() ? -1 : UNITS.indexOf(text.charAt(text.length() - 1));
        OptionalLong number = Numbers.parse(unit < 0 ? text : text.substring(0, text.length() - 1));
        int shift = 10 * (unit + 1);
        return number.isPresent() && number.getAsLong() <= Long.MAX_VALUE >> shift ? number.getAsLong() << shift : 0;
    }
}
