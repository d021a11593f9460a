package io.memkind.testbed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The mappings of this process, from /proc/self/smaps. */
final class ProcessMappings {
    private ProcessMappings() {}

    /** The two-letter {@code VmFlags} of the mapping that holds an address; empty if there is none. */
    static List<String> flagsAt(long address) throws IOException {
        boolean holds = false;
        for (String line : Files.readAllLines(Path.of("/proc/self/smaps"))) {
            String[] words = line.split(" +", -1);
            String[] range = words[0].split("-", -1);
            if (range.length == 2) {
                holds = Long.compareUnsigned(address, Long.parseUnsignedLong(range[0], 16)) >= 0
                        && Long.compareUnsigned(address, Long.parseUnsignedLong(range[1], 16)) < 0;
            } else if (holds && words[0].equals("VmFlags:")) {
                return List.of(words).subList(1, words.length);
            }
        }
        return List.of();
    }
}
