package io.memkind.topology;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The memory of a machine, as its kernel describes it, at the moment of reading.
 *
 * <p>A file that is missing or unreadable is no error: a kernel without NUMA has no nodes, one without huge pages has no
 * pools. Immutable, so any thread may use it.
 *
 * @param nodes the NUMA nodes, by ascending id; none if the kernel was built without NUMA
 * @param hugePagePools one for each page size the kernel supports, by ascending size
 * @param transparentHugePages when transparent huge pages are used
 * @param totalBytes all memory of the machine; 0 if unknown
 * @param availableBytes what could be allocated without swapping, as the kernel estimates; 0 if unknown
 * @param allowedNodes ids of the nodes that this process may use, ascending, by its cpuset ({@code Mems_allowed_list} in
 *     {@code /proc/self/status}); all nodes if unknown
 * @param daxDevices by the numbers in their names
 * @param processor the make of the processors
 * @param onlineCpus the online processors, ascending, those of no node too; empty if unknown
 * @param possibleNodes ids that nodes could have, ascending, be they online or not; empty if unknown
 * @param cpuset what this process is confined to
 * @param accelerators by PCI address; none on a machine without nodes of memory only
 */
public record Topology(
        List<NumaNode> nodes,
        List<HugePagePool> hugePagePools,
        TransparentHugePages transparentHugePages,
        long totalBytes,
        long availableBytes,
        List<Integer> allowedNodes,
        List<DaxDevice> daxDevices,
        Processor processor,
        List<Integer> onlineCpus,
        List<Integer> possibleNodes,
        Cpuset cpuset,
        List<Accelerator> accelerators) {
    /** Copies the lists. */
    public Topology {
        nodes = List.copyOf(nodes);
        hugePagePools = List.copyOf(hugePagePools);
        allowedNodes = List.copyOf(allowedNodes);
        daxDevices = List.copyOf(daxDevices);
        onlineCpus = List.copyOf(onlineCpus);
        possibleNodes = List.copyOf(possibleNodes);
        accelerators = List.copyOf(accelerators);
    }

    /**
     * A machine with DAX devices and limits, of which nothing else is known.
     *
     * @param nodes the NUMA nodes
     * @param hugePagePools one for each page size
     * @param transparentHugePages when transparent huge pages are used
     * @param totalBytes all memory
     * @param availableBytes what could be allocated without swapping
     * @param allowedNodes ids of the nodes that this process may use
     * @param daxDevices the DAX devices
     * @param processor the make of the processors
     */
    public Topology(
            List<NumaNode> nodes,
            List<HugePagePool> hugePagePools,
            TransparentHugePages transparentHugePages,
            long totalBytes,
            long availableBytes,
            List<Integer> allowedNodes,
            List<DaxDevice> daxDevices,
            Processor processor) {
        this(
                nodes,
                hugePagePools,
                transparentHugePages,
                totalBytes,
                availableBytes,
                allowedNodes,
                daxDevices,
                processor,
                List.of(),
                List.of(),
                Cpuset.UNKNOWN,
                List.of());
    }

    /**
     * A machine of which nothing else is known.
     *
     * @param nodes the NUMA nodes, all of them allowed
     * @param hugePagePools one for each page size
     * @param transparentHugePages when transparent huge pages are used
     * @param totalBytes all memory
     * @param availableBytes what could be allocated without swapping
     */
    public Topology(
            List<NumaNode> nodes,
            List<HugePagePool> hugePagePools,
            TransparentHugePages transparentHugePages,
            long totalBytes,
            long availableBytes) {
        this(
                nodes,
                hugePagePools,
                transparentHugePages,
                totalBytes,
                availableBytes,
                nodes.stream().map(NumaNode::id).toList(),
                List.of(),
                Processor.UNKNOWN);
    }

    /** {@return the running machine} */
    public static Topology read() {
        return read(Path.of("/"));
    }

    /**
     * Reads a tree that has {@code sys} and, where it was captured, {@code proc} in it. Symbolic links that lead out of a
     * captured tree are not followed.
     *
     * @param root the directory that holds them; {@code /} for the running machine
     * @return what the tree says
     */
    public static Topology read(Path root) {
        return TopologyReader.read(root);
    }

    /**
     * The node with an id.
     *
     * @param id the kernel's number for it
     * @return the node; empty if there is none
     */
    public Optional<NumaNode> node(int id) {
        return nodes.stream().filter(node -> node.id() == id).findFirst();
    }

    /**
     * The nodes that have memory, by ascending id.
     *
     * @return all nodes, if none tells its size
     */
    public List<NumaNode> nodesWithMemory() {
        List<NumaNode> sized =
                nodes.stream().filter(node -> node.totalBytes() > 0).toList();
        return sized.isEmpty() ? nodes : sized;
    }

    /**
     * The same machine with other nodes.
     *
     * @param replacement the nodes, by ascending id
     * @return a copy that differs in them alone
     */
    public Topology withNodes(List<NumaNode> replacement) {
        return new Topology(
                replacement,
                hugePagePools,
                transparentHugePages,
                totalBytes,
                availableBytes,
                allowedNodes,
                daxDevices,
                processor,
                onlineCpus,
                possibleNodes,
                cpuset,
                accelerators);
    }

    /**
     * The pool of pages of a size.
     *
     * @param pageByteSize size of a page in bytes
     * @return the pool; one without pages if the kernel does not support the size
     */
    public HugePagePool hugePagePool(long pageByteSize) {
        for (HugePagePool pool : hugePagePools) {
            if (pool.pageByteSize() == pageByteSize) {
                return pool;
            }
        }
        return new HugePagePool(pageByteSize, 0, 0, 0);
    }
}
