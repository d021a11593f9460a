package io.memkind.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Reading and classifying ends, and throws nothing, whatever is in a tree. The time limits only find what never ends. */
@Timeout(300)
class TreeMutationTest {
    @TempDir
    private Path root;

    private static SysfsTree plant(Path root) throws IOException {
        SysfsTree tree = new SysfsTree(root)
                .node(0, "0-3", 1 << 20, 1)
                .node(1, "4-7", 1 << 20, 1)
                .node(2, "", 1 << 22, 1)
                .distance(0, "10 20 17")
                .distance(1, "20 10 28")
                .distance(2, "17 28 10")
                .access(0, 0, List.of(0), 111_000, 72)
                .access(2, 0, List.of(0), 25_600, 176)
                .access(2, 1, List.of(0), 25_600, 176)
                .tier(4, "0-1")
                .tier(5, "2")
                .dax("dax0.0", "platform/hmem.0", "kmem", 1L << 32, 2)
                .pciDevice("0000:01:00.0", "0x030200", "0x10de", 2)
                .intel(6, 0x57, "Phi")
                .pool(2048, 1, 1, 1)
                .transparentHugePages("[always]")
                .file("sys/devices/system/cpu/online", "0-7\n")
                .file("proc/meminfo", "MemTotal: 1 kB\n")
                .file("proc/mounts", "cgroup2 /sys/fs/cgroup cgroup2 rw 0 0\n")
                .file("proc/self/cgroup", "0::/a\n")
                .file("proc/driver/nvidia/gpus/0000:01:00.0/numa_status", "Node: 2\nStatus: online\n")
                .file("sys/fs/cgroup/a/cpuset.mems.effective", "0-2\n")
                .file("sys/kernel/mm/mempolicy/weighted_interleave/node0", "7\n")
                .file("sys/devices/system/node/node0/memory_side_cache/index1/size", "1\n");
        return tree.nodes("online", "0-2")
                .nodes("possible", "0-3")
                .nodes("has_memory", "0-2")
                .nodes("has_normal_memory", "0-1");
    }

    @Test
    void anyMutationIsReadWithoutAnException() throws IOException {
        for (long seed = 1; seed <= 150; seed++) {
            Random random = new Random(seed);
            Path directory = Files.createDirectory(root.resolve("tree" + seed));
            SysfsTree tree = plant(directory);
            String what = "seed " + seed;
            for (int i = random.nextInt(4); i >= 0; i--) {
                what += "; " + mutate(directory, random);
            }
            assertThatCode(() -> {
                        Topology topology = tree.read();
                        assertThat(NodeClassifier.classify(topology, NodeOverrides.NONE))
                                .hasSameSizeAs(topology.nodes())
                                .allSatisfy(
                                        verdict -> assertThat(verdict.reason()).isNotBlank());
                        assertThat(topology.nodes())
                                .extracting(NumaNode::id)
                                .isSorted()
                                .containsAll(topology.allowedNodes());
                    })
                    .as(what)
                    .doesNotThrowAnyException();
            delete(directory); // JUnit would warn of each link that leads out
        }
    }

    private static String mutate(Path directory, Random random) throws IOException {
        List<Path> entries;
        try (Stream<Path> walk = Files.walk(directory)) {
            entries = walk.filter(path -> !path.equals(directory)).sorted().toList();
        }
        if (entries.isEmpty()) {
            return "nothing left";
        }
        Path victim = entries.get(random.nextInt(entries.size()));
        boolean regular = Files.isRegularFile(victim) && !Files.isSymbolicLink(victim);
        byte[] old = regular ? Files.readAllBytes(victim) : new byte[0];
        delete(victim);
        int choice = random.nextInt(7);
        switch (choice) {
            case 0 -> Files.write(victim, random(random, 64));
            case 1 -> Files.createDirectory(victim);
            case 2 -> Files.createSymbolicLink(victim, victim.getFileName());
            case 3 -> Files.createSymbolicLink(victim, Path.of(".."));
            case 4 -> Files.createSymbolicLink(victim, Path.of("/dev/zero"));
            case 5 -> Files.write(victim, flipped(old, random));
            default -> {} // it is gone
        }
        return choice + " at " + directory.relativize(victim);
    }

    private static byte[] random(Random random, int most) {
        byte[] bytes = new byte[random.nextInt(most)];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] flipped(byte[] bytes, Random random) {
        byte[] flipped = bytes.clone();
        if (flipped.length > 0) {
            flipped[random.nextInt(flipped.length)] = (byte) "0159,-: \n\0xf".charAt(random.nextInt(12));
        }
        return flipped;
    }

    private static void delete(Path victim) throws IOException {
        try (Stream<Path> walk = Files.walk(victim)) {
            for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    @Test
    void aListThatRepeatsItselfEnds() throws IOException {
        String list = "0-65534,".repeat(130_000);
        Topology topology =
                new SysfsTree(root).node(0, list, 1, 1).nodes("online", list).read();

        assertThat(topology.nodes().get(0).cpus()).hasSize(65_535);
    }

    @Test
    void aManyNodedTreeEnds() throws IOException {
        SysfsTree tree = new SysfsTree(root);
        String row = "10 ".repeat(1024);
        for (int id : IntStream.range(0, 1024).toArray()) {
            tree.node(id, id % 2 == 0 ? "" + id : "", 1, 1).distance(id, row);
        }
        Topology topology = tree.read();

        assertThat(NodeClassifier.classify(topology, NodeOverrides.NONE)).hasSize(1024);
        assertThat(topology.nodes().get(7).distances()).hasSize(1024);
    }

    @Test
    void aFileWithoutEndIsCut() throws IOException {
        SysfsTree tree = new SysfsTree(root).node(0, "0", 1, 1);
        byte[] block = "9".repeat(1 << 16).getBytes(StandardCharsets.US_ASCII);
        try (var out = Files.newOutputStream(root.resolve("sys/devices/system/node/node0/cpumap"))) {
            for (int i = 0; i < 64; i++) {
                out.write(block);
            }
        }
        Files.delete(root.resolve("sys/devices/system/node/node0/cpulist"));

        assertThat(tree.read().nodes().get(0).cpus()).hasSize(65_536);
    }

    @Test
    void aPipeIsNotWaitedFor() throws IOException, InterruptedException {
        SysfsTree tree = new SysfsTree(root).node(0, "0", 1, 1);
        Path pipe = root.resolve("sys/devices/system/node/node0/distance");
        Process process = start("mkfifo", pipe.toString());
        boolean made = process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0;
        assumeTrue(made, "mkfifo does not work here");

        assertThat(tree.read().nodes().get(0).distances()).isEmpty();
    }

    private static Process start(String... command) throws IOException {
        try {
            return new ProcessBuilder(command).inheritIO().start();
        } catch (IOException e) {
            return new ProcessBuilder("false").start(); // then the assumption tells that there is no such command
        }
    }
}
