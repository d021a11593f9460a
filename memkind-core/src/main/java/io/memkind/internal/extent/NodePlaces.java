package io.memkind.internal.extent;

import io.memkind.internal.os.CurrentCpu;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
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
        return Integer.compareUnsigned(cpu, placeOfCpu.length) < 0 ? placeOfCpu[cpu] : current.otherwise;
    }

    /* A refusal holds for a while, so that a caller who falls back to other memory is not held up each time. */
    private synchronized Table resolve() {
        Table current = table;
        if (current != null) {
            return current;
        }
        Refusal last = refusal;
        if (last != null && System.nanoTime() - last.untilNanos < 0) {
            throw ExtentUnavailableException.because(last.reason, 0);
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
        Arrays.fill(placeOfCpu, otherwise);
        boolean sameForAll = true;
        for (Map.Entry<Integer, List<Integer>> entry : targets.nodesOfCpu().entrySet()) {
            int place = placeOf(entry.getValue());
            placeOfCpu[entry.getKey()] = place;
            sameForAll &= place == otherwise;
        }
        if (!sameForAll && Arrays.stream(placeOfCpu).distinct().count() == 1) {
            return new Table(new int[0], placeOfCpu[0], true);
        }
        return new Table(placeOfCpu, otherwise, sameForAll);
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
