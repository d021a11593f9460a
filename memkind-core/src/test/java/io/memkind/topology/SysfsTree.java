package io.memkind.topology;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A made-up {@code sys} and {@code proc} in a directory. */
record SysfsTree(Path root) {
    private static final String NODES = "sys/devices/system/node/";

    SysfsTree file(String path, String content) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(file, content);
        return this;
    }

    SysfsTree link(String path, String target) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.resolveSibling("."));
        Files.createSymbolicLink(file, Path.of(target));
        return this;
    }

    SysfsTree node(int id, String cpulist, long totalKib, long freeKib) throws IOException {
        String meminfo = "Node %d MemTotal:       %d kB%nNode %d MemFree:        %d kB%nNode %d MemUsed:        %d kB%n"
                .formatted(id, totalKib, id, freeKib, id, totalKib - freeKib);
        String directory = NODES + "node" + id + "/";
        return file(directory + "cpulist", cpulist + "\n").file(directory + "meminfo", meminfo);
    }

    SysfsTree nodes(String name, String list) throws IOException {
        return file(NODES + name, list + "\n");
    }

    SysfsTree distance(int id, String row) throws IOException {
        return file(NODES + "node" + id + "/distance", row + "\n");
    }

    /** The same bandwidth and latency for reading and writing. */
    SysfsTree access(int id, int accessClass, List<Integer> initiators, long mibps, long nanos) throws IOException {
        String directory = NODES + "node" + id + "/access" + accessClass + "/initiators/";
        for (String direction : List.of("read", "write")) {
            file(directory + direction + "_bandwidth", mibps + "\n");
            file(directory + direction + "_latency", nanos + "\n");
        }
        for (int initiator : initiators) {
            if (!Files.isSymbolicLink(root.resolve(directory + "node" + initiator))) {
                link(directory + "node" + initiator, "../../../node" + initiator);
            }
        }
        return this;
    }

    SysfsTree tier(int number, String nodes) throws IOException {
        return file("sys/devices/virtual/memory_tiering/memory_tier" + number + "/nodelist", nodes + "\n");
    }

    /** A device at a place among the devices, bound to a driver. */
    SysfsTree dax(String name, String parent, String driver, long byteSize, int targetNode) throws IOException {
        String device = "devices/" + parent + "/" + name;
        return file("sys/" + device + "/size", byteSize + "\n")
                .file("sys/" + device + "/target_node", targetNode + "\n")
                .link("sys/bus/dax/devices/" + name, "../../../" + device)
                .link("sys/bus/dax/drivers/" + driver + "/" + name, "../../../../" + device);
    }

    SysfsTree pciDevice(String address, String pciClass, String vendor, int node) throws IOException {
        String directory = "sys/bus/pci/devices/" + address + "/";
        return file(directory + "class", pciClass + "\n")
                .file(directory + "vendor", vendor + "\n")
                .file(directory + "numa_node", node + "\n");
    }

    SysfsTree intel(int family, int model, String name) throws IOException {
        return file(
                "proc/cpuinfo",
                "processor\t: 0\nvendor_id\t: GenuineIntel\ncpu family\t: %d\nmodel\t\t: %d\nmodel name\t: %s\n\n"
                        .formatted(family, model, name));
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
