package io.memkind.agent.it.program;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What memory an address is in, by /proc/self/maps. */
final class Mappings {
    private Mappings() {}

    /** The path of the mapping; empty if it has none. */
    static String pathOf(long address) {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/self/maps"))) {
                String[] words = line.split("\\s+", 6);
                String[] ends = words[0].split("-", -1);
                if (Long.parseUnsignedLong(ends[0], 16) <= address && address < Long.parseUnsignedLong(ends[1], 16)) {
                    return words.length < 6 ? "" : words[5];
                }
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        throw new IllegalStateException("not mapped: " + Long.toHexString(address));
    }

    static boolean isInFile(long address) {
        return pathOf(address).startsWith("/dev/shm/");
    }
}
