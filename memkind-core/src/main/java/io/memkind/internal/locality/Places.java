package io.memkind.internal.locality;

import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The places in a machine that nodes hang from: sets of processors of which any two are disjoint or one holds the other, so
 * that they form a tree. (The caches and packages that hwloc's tree has too are not known here.)
 */
final class Places {
    private final Set<BitSet> places = new LinkedHashSet<>();

    /** The machine itself is the first place. */
    Places(BitSet machine) {
        places.add(machine);
    }

    /**
     * The place of a node: that of exactly its processors; if they would straddle a place already there, the next larger
     * one; nowhere (empty) if it has none.
     */
    BitSet placeFor(BitSet cpus) {
        boolean straddles = places.stream()
                .anyMatch(place -> place.intersects(cpus) && !contains(place, cpus) && !contains(cpus, place));
        if (straddles) {
            return enclosing(cpus).getLast();
        }
        if (!cpus.isEmpty()) {
            places.add(cpus);
        }
        return cpus;
    }

    /**
     * The order of a walk through the tree in which what hangs lower comes first, siblings come by their first processor,
     * and nodes that hang nowhere last. To be used when all places are known.
     */
    Comparator<PlacedNode> order() {
        return (a, b) -> {
            List<BitSet> pathA = enclosing(a.locality());
            List<BitSet> pathB = enclosing(b.locality());
            int common = 0;
            while (common < Math.min(pathA.size(), pathB.size())
                    && pathA.get(common).equals(pathB.get(common))) {
                common++;
            }
            if (common < pathA.size() && common < pathB.size()) {
                return Integer.compare(
                        pathA.get(common).nextSetBit(0), pathB.get(common).nextSetBit(0));
            }
            return pathA.size() == pathB.size()
                    ? Integer.compare(a.id(), b.id())
                    : Integer.compare(pathB.size(), pathA.size());
        };
    }

    /* From the machine down to the place itself. */
    private List<BitSet> enclosing(BitSet cpus) {
        return cpus.isEmpty()
                ? List.of()
                : places.stream()
                        .filter(place -> contains(place, cpus))
                        .sorted(Comparator.comparingInt(BitSet::cardinality).reversed())
                        .toList();
    }

    static boolean contains(BitSet outer, BitSet inner) {
        BitSet rest = (BitSet) inner.clone();
        rest.andNot(outer);
        return rest.isEmpty();
    }
}
