package io.memkind.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.memkind.cli.json.MiniJson;
import io.memkind.topology.NumaNode;
import io.memkind.topology.Topology;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class TopologyCommandTest {
    private static final String NODE = "sys/devices/system/node/node";

    @TempDir
    private Path root;

    private void file(String path, String content) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(file, content + "\n");
    }

    private void node(int id, String cpus, long kibibytes, String distances) throws IOException {
        file(NODE + id + "/cpulist", cpus);
        file(
                NODE + id + "/meminfo",
                "Node " + id + " MemTotal: " + kibibytes + " kB\nNode " + id + " MemFree: 1024 kB");
        file(NODE + id + "/distance", distances);
    }

    /* Node 0 of processors, node 8 of CXL memory, as the firmware describes it. */
    private void plant() throws IOException {
        node(0, "0-3,8", 1 << 20, "10 24");
        node(8, "", 1 << 22, "24 10");
        for (String attribute :
                List.of("read_bandwidth 1000", "write_bandwidth 800", "read_latency 90", "write_latency 0")) {
            String[] parts = attribute.split(" ", 2);
            file(NODE + "0/access0/initiators/" + parts[0], parts[1]);
        }
        file(NODE + "0/access0/initiators/node0/x", "");
        file("sys/devices/virtual/memory_tiering/memory_tier4/nodelist", "0");
        file("sys/devices/virtual/memory_tiering/memory_tier22/nodelist", "8");
        file(NODE + "8/hugepages/hugepages-2048kB/nr_hugepages", "3");
        file(NODE + "8/hugepages/hugepages-2048kB/free_hugepages", "2");
        file("sys/kernel/mm/hugepages/hugepages-2048kB/nr_hugepages", "3");
        file("proc/meminfo", "MemTotal: 5242880 kB");
    }

    private CommandRun run(Map<String, String> environment, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int status = new CommandLine(new TopologyCommand(environment))
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .setExecutionExceptionHandler(Failures::handleFailure)
                .execute(arguments);
        return new CommandRun(status, out.toString(), err.toString());
    }

    private String text() {
        return CommandRun.of("topology", "--sysfs", root.toString()).done().out();
    }

    private Map<?, ?> json() {
        return (Map<?, ?>) MiniJson.parse(CommandRun.of("topology", "--json", "--sysfs", root.toString())
                .done()
                .out());
    }

    @Test
    void showsATree() throws IOException {
        plant();

        assertThat(text()).isEqualTo("""
                        node  class     CPUs   memory   free  tier  MiB/s r/w  ns r/w
                           0  dram      0-3,8   1 GiB  1 MiB     4   1000/800    90/-
                           8  dax-kmem  none    4 GiB  1 MiB    22          -       -

                        node 0 dram: the memory of processors
                        node 8 dax-kmem: a memory-only node in memory tier 22, below tier 4 of ordinary memory: CXL or
                            persistent memory

                        distance   0   8
                        node 0    10  24
                        node 8    24  10

                        bandwidth and latency: by the firmware
                        memory: 5 GiB, available unknown
                        CPUs online: unknown
                        nodes allowed to this process: 0,8
                        transparent huge pages: unknown
                        huge pages of 2 MiB: 3, free 0, overcommit 0
                        node 8: huge pages of 2 MiB: 3, free 2
                        """);
    }

    @Test
    void tellsProgramsTheSame() throws IOException {
        plant();

        List<?> nodes = (List<?>) json().get("nodes");
        Map<?, ?> first = (Map<?, ?>) nodes.get(0);
        assertThat(first.get("id")).isEqualTo(0.0);
        assertThat(first.get("cpus")).isEqualTo(List.of(0.0, 1.0, 2.0, 3.0, 8.0));
        assertThat(first.get("totalBytes")).isEqualTo((double) (1L << 30));
        assertThat(first.get("freeBytes")).isEqualTo((double) (1L << 20));
        assertThat(first.get("class")).isEqualTo("dram");
        assertThat(first.get("distances")).isEqualTo(List.of(10.0, 24.0));
        assertThat(first.get("readBandwidthMiBps")).isEqualTo(1000.0);
        assertThat(first.get("writeBandwidthMiBps")).isEqualTo(800.0);
        assertThat(first.get("readLatencyNanos")).isEqualTo(90.0);
        assertThat(first.get("writeLatencyNanos")).isNull();
        assertThat(first.get("initiators")).isEqualTo(List.of(0.0));
        assertThat(first.get("tier")).isEqualTo(4.0);
        Map<?, ?> second = (Map<?, ?>) nodes.get(1);
        assertThat(second.get("class")).isEqualTo("dax-kmem");
        assertThat(second.get("classReason")).asString().contains("tier 22");
        assertThat(second.get("readBandwidthMiBps")).isNull();
        assertThat(second.get("initiators")).isEqualTo(List.of());
        assertThat(second.get("hugePages"))
                .isEqualTo(List.of(
                        Map.of("pageBytes", 2097152.0, "totalPages", 3.0, "freePages", 2.0, "surplusPages", 0.0)));
    }

    @Test
    void theVariablesOverrideAlsoInATree() throws IOException {
        plant();
        String[] arguments = {"--sysfs", root.toString()};

        assertThat(run(Map.of("MEMKIND_HBW_NODES", "8"), arguments).done().out())
                .contains("node 8 high-bandwidth: MEMKIND_HBW_NODES lists it");
        assertThat(run(Map.of("MEMKIND_HBW_THRESHOLD", "900"), arguments).done().out())
                .contains("node 0 high-bandwidth: 900 MiB/s reach MEMKIND_HBW_THRESHOLD=900");
        run(Map.of("MEMKIND_HBW_NODES", "1"), arguments).failed(1, "MEMKIND_HBW_NODES='1'", "nodes here: 0,8");
        run(Map.of("MEMKIND_DAX_KMEM_NODES", "x"), arguments).failed(1, "MEMKIND_DAX_KMEM_NODES='x'");
        run(Map.of("MEMKIND_HBW_THRESHOLD", "-1"), arguments).failed(1, "MEMKIND_HBW_THRESHOLD='-1'");
    }

    @Test
    void aKernelWithoutNuma() throws IOException {
        file("sys/devices/system/cpu/online", "0-1");

        assertThat(text()).startsWith("no NUMA nodes: ").contains("CPUs online: 0-1");
        assertThat(json().get("nodes")).isEqualTo(List.of());
        assertThat(json().get("numa")).isEqualTo(false);
        assertThat(json().get("onlineCpus")).isEqualTo(List.of(0.0, 1.0));
    }

    @Test
    void fitsIntoATerminal() throws IOException {
        StringBuilder everySecondCpu = new StringBuilder("0");
        for (int cpu = 2; cpu < 1024; cpu += 2) {
            everySecondCpu.append(',').append(cpu);
        }
        for (int id = 0; id < 16; id++) {
            node(id, everySecondCpu.toString(), 1_234_567_890, "255 ".repeat(16).strip());
            for (String direction : List.of("read", "write")) {
                file(NODE + id + "/access1/initiators/" + direction + "_bandwidth", "123456");
                file(NODE + id + "/access1/initiators/" + direction + "_latency", "1234");
            }
            file("sys/kernel/mm/mempolicy/weighted_interleave/node" + id, "255");
        }
        file("sys/devices/virtual/memory_tiering/memory_tier4/nodelist", "0-15");
        file("proc/self/cgroup", "0::/very/long/path".repeat(3));

        assertThat(text().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
        for (int id = 0; id < 17; id++) {
            node(id, "", 1, "255 ".repeat(17).strip());
        }
        assertThat(text()).contains("distances: of 17 nodes, see --json");
    }

    @Test
    void showsThisMachine() {
        Topology topology = Topology.read();
        String out = CommandRun.of("topology").done().out();
        Map<?, ?> json = (Map<?, ?>)
                MiniJson.parse(CommandRun.of("topology", "--json").done().out());

        assertThat(out).contains("memory: ", "nodes allowed to this process: ");
        assertThat(((List<?>) json.get("nodes")).stream().map(node -> ((Map<?, ?>) node).get("id")))
                .isEqualTo(topology.nodes().stream()
                        .map(NumaNode::id)
                        .map(Integer::doubleValue)
                        .toList());
        assertThat(json.get("totalBytes")).isEqualTo((double) topology.totalBytes());
    }

    @Test
    void namesOfATreeCannotDrawOnTheTerminal() throws IOException {
        file("proc/cpuinfo", "cpu : \u001b[31mred\u0007");
        Files.createDirectories(root.resolve("sys"));

        assertThat(text()).doesNotContain("\u001b", "\u0007").contains("processor: \\u001b[31mred");
    }

    @Test
    void speedsThatTheFirmwareDoesNotTell() throws IOException {
        node(0, "0", 1 << 20, "10");

        assertThat(text()).contains("bandwidth and latency: unknown: the firmware tells none\n");
        assertThat(json().get("measurement")).isNull();
        Map<?, ?> first = (Map<?, ?>) ((List<?>) json().get("nodes")).get(0);
        assertThat(first.get("attributesInUse")).isEqualTo("none");
        assertThat(first.get("measured")).isEqualTo(List.of());
    }

    @Test
    void measurementsThatCannotBe() {
        CommandRun.of("topology", "--measure", "--sysfs", root.toString())
                .failed(2, "--measure measures this machine; it cannot measure the tree that --sysfs names");
        CommandRun.of("topology", "--seconds", "3").failed(2, "--seconds goes with --measure");
        CommandRun.of("topology", "--measure", "--seconds", "0").failed(2, "--seconds 0: give a number from 1 to 3600");
        CommandRun.of("topology", "--measure", "--seconds", "3601").failed(2, "--seconds 3601");
        CommandRun.of("topology", "--measure", "--seconds", "x").failed(2, "'x'");
    }

    @Test
    void directoriesThatAreNoTrees() throws IOException {
        CommandRun.of("topology", "--sysfs", root.resolve("gone").toString()).failed(1, "gone: no such directory");
        file("plain", "");
        CommandRun.of("topology", "--sysfs", root.resolve("plain").toString()).failed(1, "plain: not a directory");
        CommandRun.of("topology", "--sysfs", root.toString()).failed(1, "has no directory sys; name the directory");
        CommandRun.of("topology", "--sysfs").failed(2, "--sysfs");
        CommandRun.of("topology", "more").failed(2, "more");
    }
}
