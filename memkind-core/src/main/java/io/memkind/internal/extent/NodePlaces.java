package io.memkind.internal.extent;

import io.memkind.internal.os.CurrentCpu;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Memory of NUMA nodes, of which each thread gets that of the node it runs on: a place for every set of nodes. Which nodes,
 * is found out when memory is needed for the first time, and again after {@link #forget}.
 */
public final class NodePlaces implements ExtentSources {
    private static final long REFUSAL_NANOS = TimeUnit.SECONDS.toNanos(1);
    /* Of a processor that was not there when the table was made. */
    private static final int UNKNOWN = -1;

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Table(int[] placeOfCpu, int otherwise, boolean sameForAll) {}

    private record Place(List<Integer> nodes, ExtentSource source) {}

    private record Refusal(String reason, long untilNanos) {}

    private final Supplier<CpuTargets> resolver;
    private final Function<List<Integer>, ExtentSource> sourceOf;
    private final IntSupplier currentCpu;
    private volatile @Nullable Table table;
    /* Guarded by this. Places stay for as long as the heap, since there may be memory of theirs. */
    private final List<Place> places = new ArrayList<>();
    private @Nullable Refusal refusal;
    private long nextLookNanos = System.nanoTime();

    /**
     * @param resolver finds the nodes, or throws {@link ExtentUnavailableException}
     * @param sourceOf makes a source over nodes
     */
    public NodePlaces(Supplier<CpuTargets> resolver, Function<List<Integer>, ExtentSource> sourceOf) {
        this(resolver, sourceOf, CurrentCpu::get);
    }

    NodePlaces(Supplier<CpuTargets> resolver, Function<List<Integer>, ExtentSource> sourceOf, IntSupplier currentCpu) {
        this.resolver = resolver;
        this.sourceOf = sourceOf;
        this.currentCpu = currentCpu;
    }

    @Override
    public int currentPlace() {
        Table current = table;
        if (current == null) {
            current = resolve();
        }
        if (current.sameForAll) {
            return current.otherwise;
        }
        int cpu = currentCpu.getAsInt();
        int[] placeOfCpu = current.placeOfCpu;
        int place = Integer.compareUnsigned(cpu, placeOfCpu.length) < 0 ? placeOfCpu[cpu] : UNKNOWN;
        return place != UNKNOWN ? place : placeOfUnknown(cpu, current);
    }

    /* The processor has come online since: looks again, but not for each of its calls if that does not help. */
    private synchronized int placeOfUnknown(int cpu, Table known) {
        Table current = table;
        long now = System.nanoTime();
        if (cpu >= 0 && current == known && now - nextLookNanos >= 0) {
            nextLookNanos = now + REFUSAL_NANOS;
            try {
                current = tableOf(resolver.get());
                table = current;
            } catch (ExtentUnavailableException e) {
                return known.otherwise; // what was found before still holds for memory that can be had
            }
        }
        if (current == null || cpu < 0) {
            return known.otherwise;
        }
        int place = cpu < current.placeOfCpu.length ? current.placeOfCpu[cpu] : UNKNOWN;
        return place != UNKNOWN ? place : current.otherwise;
    }

    /* A refusal holds for a while, so that a caller who falls back to other memory is not held up each time. */
    private synchronized Table resolve() {
        Table current = table;
        if (current != null) {
            return current;
        }
        Refusal last = refusal;
        if (last != null && System.nanoTime() - last.untilNanos < 0) {
            throw ExtentUnavailableException.withoutNodes(last.reason);
        }
        try {
            Table found = tableOf(resolver.get());
            refusal = null;
            table = found;
            return found;
        } catch (ExtentUnavailableException e) {
            refusal = new Refusal(String.valueOf(e.getMessage()), System.nanoTime() + REFUSAL_NANOS);
            throw e;
        }
    }

    private Table tableOf(CpuTargets targets) {
        int otherwise = placeOf(targets.otherwise());
        int last = targets.nodesOfCpu().keySet().stream()
                .mapToInt(Integer::intValue)
                .max()
                .orElse(-1);
        int[] placeOfCpu = new int[last + 1];
        Arrays.fill(placeOfCpu, UNKNOWN);
        targets.nodesOfCpu().forEach((cpu, nodes) -> placeOfCpu[cpu] = placeOf(nodes));
        int[] found = Arrays.stream(placeOfCpu)
                .filter(place -> place != UNKNOWN)
                .distinct()
                .toArray();
        return switch (found.length) {
            case 0 -> new Table(placeOfCpu, otherwise, true);
            case 1 -> new Table(placeOfCpu, found[0], true);
            default -> new Table(placeOfCpu, otherwise, false);
        };
    }

    private int placeOf(List<Integer> nodes) {
        for (int place = 0; place < places.size(); place++) {
            if (places.get(place).nodes.equals(nodes)) {
                return place;
            }
        }
        places.add(new Place(List.copyOf(nodes), sourceOf.apply(nodes)));
        return places.size() - 1;
    }

    @Override
    public synchronized ExtentSource source(int place) {
        return places.get(place).source;
    }

    /** The ids of the nodes of a place. */
    public synchronized List<Integer> nodesOf(int place) {
        return places.get(place).nodes;
    }

    /** Forgets which nodes threads take memory from. Memory that is in use, or cached by threads, stays where it is. */
    public synchronized void forget() {
        table = null;
        refusal = null;
    }
}
