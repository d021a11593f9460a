package io.memkind.topology;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A made-up {@code sys} and {@code proc} in a directory. */
record SysfsTree(Path root) {
    SysfsTree file(String path, String content) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(file, content);
        return this;
    }

    SysfsTree node(int id, String cpulist, long totalKib, long freeKib) throws IOException {
        String meminfo = "Node %d MemTotal:       %d kB%nNode %d MemFree:        %d kB%nNode %d MemUsed:        %d kB%n"
                .formatted(id, totalKib, id, freeKib, id, totalKib - freeKib);
        String directory = "sys/devices/system/node/node" + id + "/";
        return file(directory + "cpulist", cpulist + "\n").file(directory + "meminfo", meminfo);
    }

    SysfsTree pool(long pageKib, long total, long free, long overcommit) throws IOException {
        String directory = "sys/kernel/mm/hugepages/hugepages-" + pageKib + "kB/";
        return file(directory + "nr_hugepages", total + "\n")
                .file(directory + "free_hugepages", free + "\n")
                .file(directory + "nr_overcommit_hugepages", overcommit + "\n");
    }

    SysfsTree transparentHugePages(String content) throws IOException {
        return file("sys/kernel/mm/transparent_hugepage/enabled", content + "\n");
    }

    Topology read() {
        return Topology.read(root);
    }
}
