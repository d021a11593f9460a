package io.memkind.measure;

import io.memkind.topology.NumaNode;
import io.memkind.topology.Processor;
import io.memkind.topology.Topology;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What makes two machines the same for a measurement: processors, and nodes with their sizes and distances.
 *
 * <p>Not machine-id(5): it names an installation of a system, survives a change of memory modules, is shared by the clones
 * of a disk, and is not to be shown to others, whereas a home directory is often shared by many machines.
 *
 * @param text all of it in one line
 */
record MachineIdentity(String text) {
    static MachineIdentity of(Topology topology, String productName) {
        Processor processor = topology.processor();
        List<String> parts = new ArrayList<>();
        parts.add("product " + (productName.isEmpty() ? "unknown" : productName));
        parts.add("processor " + processor.vendor() + " " + processor.family() + " " + processor.model() + " "
                + processor.name());
        topology.nodes().forEach(node -> parts.add(describe(node)));
        return new MachineIdentity(
                String.join("; ", parts).replaceAll("[\\s\\p{Cntrl}]+", " ").strip());
    }

    private static String describe(NumaNode node) {
        TreeSet<Integer> cpus = new TreeSet<>(node.cpus());
        cpus.addAll(node.offlineCpus()); // taking one offline makes no other machine
        return "node " + node.id() + " CPUs " + numbers(cpus) + " bytes " + rounded(node.totalBytes()) + " distances "
                + numbers(new TreeMap<>(node.distances()).values());
    }

    private static String numbers(Iterable<Integer> numbers) {
        List<String> texts = new ArrayList<>();
        numbers.forEach(number -> texts.add(number.toString()));
        return texts.isEmpty() ? "none" : texts.stream().collect(Collectors.joining(","));
    }

    /*
     * To the nearest power of two: what the kernel keeps for itself differs from boot to boot, and a hypervisor may take and
     * give memory as it goes. Half as much again, as modules come in, is well above the middle.
     */
    private static long rounded(long byteSize) {
        long below = Long.highestOneBit(byteSize);
        return byteSize > below / 5 * 7 ? 2 * below : below;
    }

    /** A file name: the FNV-1a hash of 64 bits. The file has the whole text in it, so that equal hashes do no harm. */
    String fileName() {
        long hash = 0xcbf29ce484222325L;
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
        }
        return "measured-" + String.format("%016x", hash);
    }
}
