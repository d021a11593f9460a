package io.memkind.internal.select;

import io.memkind.internal.locality.Machines;
import io.memkind.topology.NodeOverrides;
import io.memkind.topology.Topology;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;

/** Machines of few nodes with few different values, so that ties are frequent. */
final class RandomMachines {
    private static final int[] DISTANCES = {10, 17, 17, 20, 28};
    private static final long[] BANDWIDTHS = {Machines.UNKNOWN, 0, 50_000, 204_799, 204_800, 300_000};
    private static final long[] LATENCIES = {Machines.UNKNOWN, 0, 70, 70, 120};

    private final Random random;
    private final List<Integer> ids = new ArrayList<>();

    RandomMachines(Random random) {
        this.random = random;
    }

    Topology topology() {
        Machines machine = Machines.empty();
        ids.clear();
        addNodes(machine);
        addDistances(machine);
        int wellKnown = random.nextInt(4); // 0: no performance attributes at all
        for (int id : ids) {
            for (int accessClass = 0; accessClass < 2 && wellKnown > 0; accessClass++) {
                if (random.nextInt(4) < wellKnown) {
                    machine.access(
                            accessClass, id, some(3), of(BANDWIDTHS), of(BANDWIDTHS), of(LATENCIES), of(LATENCIES));
                }
            }
            if (random.nextInt(4) == 0) {
                int target = random.nextInt(6) == 0 ? 99 : random.nextInt(9) == 0 ? -1 : id;
                machine.dax("dax" + id + ".0", target, random.nextBoolean());
            }
        }
        if (random.nextInt(5) == 0) {
            machine.intel(6, random.nextBoolean() ? 0x57 : 0x85);
        }
        if (random.nextInt(4) == 0) {
            machine.allowed(some(2).toArray(Integer[]::new));
        }
        return machine.build();
    }

    /** For the last topology. */
    NodeOverrides overrides() {
        return new NodeOverrides(
                random.nextInt(4) == 0 ? Optional.of(named()) : Optional.empty(),
                random.nextInt(3) == 0 ? OptionalLong.of(random.nextInt(3) * 100_000L) : OptionalLong.empty(),
                random.nextInt(4) == 0 ? Optional.of(named()) : Optional.empty());
    }

    private void addNodes(Machines machine) {
        int count = random.nextInt(8);
        boolean sized = random.nextInt(10) > 0;
        String cpus = "";
        int next = 0;
        for (int i = 0, id = 0; i < count; i++, id += 1 + random.nextInt(4) / 3 * random.nextInt(5)) {
            boolean fake = !cpus.isEmpty() && random.nextInt(12) == 0;
            if (!fake) {
                int last = next + random.nextInt(2);
                cpus = random.nextInt(5) < 2 ? "" : next + "-" + last;
                next = last + 1;
            }
            machine.node(id, cpus, sized ? random.nextInt(5) / 2 * 256L : 0);
            ids.add(id);
        }
    }

    private void addDistances(Machines machine) {
        boolean known = random.nextInt(6) > 0;
        for (int from : ids) {
            for (int to : ids) {
                if (known && random.nextInt(200) > 0) {
                    boolean self = from == to && random.nextInt(20) > 0;
                    machine.distance(from, to, self ? 10 : DISTANCES[random.nextInt(DISTANCES.length)]);
                }
            }
        }
    }

    private long of(long[] values) {
        return values[random.nextInt(values.length)];
    }

    private List<Integer> some(int inverse) {
        return ids.stream().filter(id -> random.nextInt(inverse) == 0).toList();
    }

    private List<Integer> named() {
        List<Integer> named = new ArrayList<>(some(2));
        if (random.nextInt(8) == 0) {
            named.add(99);
        }
        return named;
    }
}
