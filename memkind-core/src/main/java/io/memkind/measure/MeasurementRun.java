package io.memkind.measure;

import io.memkind.internal.os.Errno;
import io.memkind.internal.probe.BoundBuffer;
import io.memkind.internal.probe.BufferSize;
import io.memkind.internal.probe.PairProbe;
import io.memkind.internal.probe.PinnedWorkers;
import io.memkind.internal.probe.PointerChase;
import io.memkind.internal.probe.UnmeasuredException;
import io.memkind.topology.NumaNode;
import io.memkind.topology.Topology;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SplittableRandom;

/** One measurement of a machine: target by target, so that the memory of each is mapped once. */
final class MeasurementRun implements AutoCloseable {
    private static final long MOST_PAIR_NANOS = 2_000_000_000L;
    private static final long LEAST_ROUND_NANOS = 2_000_000;
    private static final long WARM_UP_NANOS = 300_000_000;
    private static final int WARM_UP_BYTE_SIZE = 1 << 20;
    private static final long SEED = 0x6d656d6b696e64L;

    private final Topology topology;
    private final MeasuringSystem system;
    private final MeasurementProgress progress;
    private final long budgetNanos;
    private final long startNanos;
    private final List<NumaNode> initiators;
    private final List<NumaNode> targets;
    private final BufferSize bufferSize;
    /** The same for all targets: comparable values, and one cycle for all. */
    private final long bufferByteSize;

    private final Map<Integer, PinnedWorkers> workers = new HashMap<>();
    private final List<MeasuredPair> pairs = new ArrayList<>();
    private final BitSet usableCpus = new BitSet();
    private final int affinityResult;
    private int[] cycle = {};
    /** How long the memory of the last target took; the ones to come will take about as long. */
    private long setupNanos;

    MeasurementRun(
            Topology topology,
            MeasuringSystem system,
            long budgetNanos,
            OptionalLong askedByteSize,
            MeasurementProgress progress) {
        this.topology = topology;
        this.system = system;
        this.progress = progress;
        this.budgetNanos = budgetNanos;
        startNanos = system.nanoTime().getAsLong();
        affinityResult = system.affinity().get(usableCpus);
        initiators =
                topology.nodes().stream().filter(node -> !node.cpus().isEmpty()).toList();
        targets = topology.nodesWithMemory();
        long cacheByteSize = initiators.stream()
                .mapToLong(node -> system.lastLevelByteSize().applyAsLong(node.cpus()))
                .max()
                .orElse(0);
        bufferSize = new BufferSize(askedByteSize, cacheByteSize);
        bufferByteSize = leastBufferByteSize();
    }

    MeasuredAttributes measure() throws InterruptedException {
        if (!initiators.isEmpty() && !targets.isEmpty()) {
            warmUp();
        }
        for (int i = 0; i < targets.size(); i++) {
            measureTarget(targets.get(i), targets.size() - 1 - i);
        }
        pairs.sort(Comparator.comparingInt(MeasuredPair::initiator).thenComparingInt(MeasuredPair::target));
        return new MeasuredAttributes(system.calendar().instant(), pairs);
    }

    private long leastBufferByteSize() {
        long least = Long.MAX_VALUE;
        for (NumaNode target : targets) {
            try {
                requireAllowed(target);
                least = Math.min(least, bufferSize.of(target));
            } catch (UnmeasuredException e) {
                // found again, and told, when its turn comes
            }
        }
        return least;
    }

    private void warmUp() {
        try (Arena arena = Arena.ofConfined()) {
            long address = arena.allocate(WARM_UP_BYTE_SIZE, PointerChase.LINE_BYTE_SIZE)
                    .address();
            int[] small =
                    PointerChase.cycle(WARM_UP_BYTE_SIZE / PointerChase.LINE_BYTE_SIZE, new SplittableRandom(SEED));
            long nanos = Math.min(WARM_UP_NANOS, budgetNanos / 5);
            PairProbe.warmUp(system.nanoTime(), address, WARM_UP_BYTE_SIZE, small, nanos);
        }
    }

    private void measureTarget(NumaNode target, int targetsLeft) throws InterruptedException {
        List<NumaNode> left = new ArrayList<>(initiators);
        try {
            requireAllowed(target);
            bufferSize.of(target);
            long before = requireTime();
            boolean onlyNode = targets.size() == 1;
            try (BoundBuffer buffer = BoundBuffer.map(system.memory(), bufferByteSize, target.id(), onlyNode)) {
                PointerChase chase = new PointerChase(buffer.address(), cycle());
                setupNanos = system.nanoTime().getAsLong() - before;
                while (!left.isEmpty()) {
                    pairs.add(measurePair(left.get(0), target, buffer, chase, targetsLeft));
                    left.remove(0);
                }
            }
        } catch (UnmeasuredException e) {
            left.forEach(initiator -> pairs.add(MeasuredPair.unmeasured(initiator.id(), target.id(), e.reason())));
        }
    }

    private int[] cycle() {
        if (cycle.length == 0) {
            int lineCount = Math.toIntExact(bufferByteSize / PointerChase.LINE_BYTE_SIZE);
            cycle = PointerChase.cycle(lineCount, new SplittableRandom(SEED));
        }
        return cycle;
    }

    /* The first target has its turn however long the start took. */
    private long requireTime() throws UnmeasuredException {
        long now = system.nanoTime().getAsLong();
        if (now - startNanos >= budgetNanos && cycle.length > 0) {
            throw new UnmeasuredException("no time left: the limit is " + budgetNanos / 1_000_000 + " ms for "
                    + initiators.size() * targets.size() + " pairs of nodes");
        }
        return now;
    }

    private MeasuredPair measurePair(
            NumaNode initiator, NumaNode target, BoundBuffer buffer, PointerChase chase, int targetsLeft)
            throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        tell(initiator, target, 0);
        try {
            PinnedWorkers threads = workersOf(initiator);
            long roundNanos = roundNanos(targetsLeft);
            int[] rounds = {0};
            PairProbe probe =
                    new PairProbe(system.nanoTime(), threads, roundNanos, () -> tell(initiator, target, ++rounds[0]));
            long latency = probe.latencyNanos(chase);
            long bandwidth = probe.bandwidthMiBps(buffer);
            return new MeasuredPair(
                    initiator.id(),
                    target.id(),
                    OptionalLong.of(bandwidth),
                    OptionalLong.of(latency),
                    buffer.byteSize(),
                    buffer.hugeByteSize(),
                    threads.count(),
                    PairProbe.TIMED_ROUND_COUNT,
                    "");
        } catch (UnmeasuredException e) {
            return MeasuredPair.unmeasured(initiator.id(), target.id(), e.reason());
        }
    }

    private void tell(NumaNode initiator, NumaNode target, int roundsDone) {
        double done = pairs.size() + (double) roundsDone / PairProbe.ROUND_COUNT;
        progress.at(initiator.id(), target.id(), done / (initiators.size() * targets.size()));
    }

    /* The memory is there by now, so that a pair is worth the least of rounds though the time be over. */
    private long roundNanos(int targetsLeft) {
        long spent = system.nanoTime().getAsLong() - startNanos + setupNanos * targetsLeft;
        int pairsLeft = initiators.size() * targets.size() - pairs.size();
        long pairNanos = Math.min(MOST_PAIR_NANOS, (budgetNanos - spent) / pairsLeft);
        return Math.max(LEAST_ROUND_NANOS, pairNanos / PairProbe.ROUND_COUNT);
    }

    private void requireAllowed(NumaNode target) throws UnmeasuredException {
        if (!target.online()) {
            throw new UnmeasuredException("node " + target.id() + " is offline");
        }
        if (!topology.allowedNodes().contains(target.id())) {
            throw new UnmeasuredException(
                    "this process may not use the memory of node " + target.id() + " (cpuset.mems)");
        }
    }

    private PinnedWorkers workersOf(NumaNode initiator) throws UnmeasuredException, InterruptedException {
        PinnedWorkers started = workers.get(initiator.id());
        if (started != null) {
            return started;
        }
        if (affinityResult != 0) {
            throw new UnmeasuredException("sched_getaffinity failed: " + Errno.describe(-affinityResult));
        }
        List<Integer> cpus = initiator.cpus().stream().filter(usableCpus::get).toList();
        if (cpus.isEmpty()) {
            throw new UnmeasuredException(
                    "this process may not run on any CPU of node " + initiator.id() + " (cpuset.cpus, or taskset)");
        }
        PinnedWorkers threads = PinnedWorkers.start(system.affinity(), cpus);
        workers.put(initiator.id(), threads);
        return threads;
    }

    @Override
    public void close() {
        workers.values().forEach(PinnedWorkers::close);
    }
}
