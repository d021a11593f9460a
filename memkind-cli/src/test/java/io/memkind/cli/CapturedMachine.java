package io.memkind.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Plants a sysfs tree: two sockets with processors 0-1 and 2-3, nodes 0 and 1, and near each fast memory, nodes 2 and 3. */
final class CapturedMachine {
    private static final String NODE = "sys/devices/system/node/node";

    private CapturedMachine() {}

    static void plant(Path root) throws IOException {
        file(root, "sys/devices/system/node/online", "0-3");
        node(root, 0, "0-1", "10 20 17 28", 0, 111_000);
        node(root, 1, "2-3", "20 10 28 17", 1, 111_000);
        node(root, 2, "", "17 28 10 28", 0, 204_800);
        node(root, 3, "", "28 17 28 10", 1, 204_800);
    }

    static void file(Path root, String path, String content) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(file, content + "\n");
    }

    static void node(Path root, int id, String cpus, String distances, int initiator, int mibps) throws IOException {
        file(root, NODE + id + "/cpulist", cpus);
        file(root, NODE + id + "/meminfo", "Node " + id + " MemTotal: 1048576 kB");
        file(root, NODE + id + "/distance", distances);
        for (String direction : new String[] {"read", "write"}) {
            file(root, NODE + id + "/access0/initiators/" + direction + "_bandwidth", Integer.toString(mibps));
        }
        file(root, NODE + id + "/access0/initiators/node" + initiator + "/x", "");
    }
}
