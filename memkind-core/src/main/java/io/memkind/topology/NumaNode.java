package io.memkind.topology;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A NUMA node.
 *
 * @param id the kernel's number for it
 * @param cpus its online processors, ascending; empty for a node of memory only
 * @param totalBytes its memory; 0 for a node without any, or if unknown
 * @param freeBytes what of it was free when it was read; 0 if unknown
 * @param distances the firmware's relative distances (SLIT) by node id, 10 to itself; empty if the kernel does not tell
 * @param access its performance attributes by ascending access class; empty if the firmware gives none
 * @param hugePagePools its part of the hugetlb pools, by ascending page size
 * @param online whether the kernel lists it as online; true if the kernel has no such list
 * @param offlineCpus its processors that are offline, ascending, as far as the kernel still tells
 * @param movableOnly whether all its memory lies in the zone of movable pages, as memory does that was added at run time;
 *     empty if the kernel does not tell
 * @param tier the number of its memory tier, the smaller the faster ({@code /sys/devices/virtual/memory_tiering}); empty if
 *     the kernel does not tell
 * @param memorySideCaches the caches in front of its memory, by ascending level
 * @param interleaveWeight pages that it gets in a round of weighted interleaving; empty if the kernel does not tell
 */
public record NumaNode(
        int id,
        List<Integer> cpus,
        long totalBytes,
        long freeBytes,
        Map<Integer, Integer> distances,
        List<AccessAttributes> access,
        List<HugePagePool> hugePagePools,
        boolean online,
        List<Integer> offlineCpus,
        Optional<Boolean> movableOnly,
        OptionalInt tier,
        List<MemorySideCache> memorySideCaches,
        OptionalInt interleaveWeight) {
    /** Copies the collections. */
    public NumaNode {
        cpus = List.copyOf(cpus);
        distances = Map.copyOf(distances);
        access = List.copyOf(access);
        hugePagePools = List.copyOf(hugePagePools);
        offlineCpus = List.copyOf(offlineCpus);
        memorySideCaches = List.copyOf(memorySideCaches);
    }

    /**
     * A node of which nothing else is known.
     *
     * @param id the kernel's number for it
     * @param cpus its online processors, ascending
     * @param totalBytes its memory
     * @param freeBytes what of it is free
     * @param distances relative distances by node id
     * @param access its performance attributes by ascending access class
     * @param hugePagePools its part of the hugetlb pools
     */
    public NumaNode(
            int id,
            List<Integer> cpus,
            long totalBytes,
            long freeBytes,
            Map<Integer, Integer> distances,
            List<AccessAttributes> access,
            List<HugePagePool> hugePagePools) {
        this(
                id,
                cpus,
                totalBytes,
                freeBytes,
                distances,
                access,
                hugePagePools,
                true,
                List.of(),
                Optional.empty(),
                OptionalInt.empty(),
                List.of(),
                OptionalInt.empty());
    }

    /**
     * A node of which nothing else is known.
     *
     * @param id the kernel's number for it
     * @param cpus its online processors, ascending
     * @param totalBytes its memory
     * @param freeBytes what of it is free
     */
    public NumaNode(int id, List<Integer> cpus, long totalBytes, long freeBytes) {
        this(id, cpus, totalBytes, freeBytes, Map.of(), List.of(), List.of());
    }

    /**
     * The distance to another node.
     *
     * @param node id of the other
     * @return the firmware's value; empty if the kernel does not tell
     */
    public OptionalInt distanceTo(int node) {
        Integer distance = distances.get(node);
        return distance == null ? OptionalInt.empty() : OptionalInt.of(distance);
    }

    /**
     * The same node with other performance attributes.
     *
     * @param replacement the attributes by ascending access class
     * @return a copy that differs in them alone
     */
    public NumaNode withAccess(List<AccessAttributes> replacement) {
        return new NumaNode(
                id,
                cpus,
                totalBytes,
                freeBytes,
                distances,
                replacement,
                hugePagePools,
                online,
                offlineCpus,
                movableOnly,
                tier,
                memorySideCaches,
                interleaveWeight);
    }

    /**
     * Whether it has memory and no processors, neither online nor offline.
     *
     * @return true if so
     */
    public boolean memoryOnly() {
        return cpus.isEmpty() && offlineCpus.isEmpty() && totalBytes > 0;
    }

    /**
     * The performance attributes that hold for programs: those of the best initiators with processors (access class 1),
     * which the C library, through hwloc, looks at too; of the best initiators of any sort where the firmware tells no
     * others.
     *
     * @return the attributes; empty if the firmware gives none
     */
    public Optional<AccessAttributes> processorAccess() {
        return access.stream()
                .filter(AccessAttributes::hasValues)
                .filter(attributes -> attributes.accessClass() == 1)
                .findFirst()
                .or(() -> access.stream().filter(AccessAttributes::hasValues).findFirst())
                .or(() -> access.stream().findFirst());
    }
}
