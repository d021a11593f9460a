package io.memkind.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.memkind.internal.extent.FaultyMemory.Call;
import io.memkind.internal.os.Errno;
import io.memkind.internal.probe.SimulatedNodes;
import io.memkind.internal.probe.TickingClock;
import io.memkind.topology.NumaNode;
import io.memkind.topology.Topology;
import io.memkind.topology.TransparentHugePages;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AttributeMeasurementTest {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    private static final long FREE = 1L << 30;
    private static final long BUFFER = 2 << 20;

    private final SimulatedNodes nodes = new SimulatedNodes();
    private final FakeAffinity affinity = new FakeAffinity(0, 1, 2, 3);
    private LongSupplier clock = new TickingClock(1_000_000);
    private Topology topology = machine(
            new NumaNode(0, List.of(0, 1), FREE, FREE),
            new NumaNode(1, List.of(2), FREE, FREE),
            new NumaNode(4, List.of(), FREE, FREE));

    private static Topology machine(NumaNode... nodes) {
        return new Topology(List.of(nodes), List.of(), TransparentHugePages.UNKNOWN, 0, 0);
    }

    private AttributeMeasurement measurement() {
        return AttributeMeasurement.of(
                        topology, new MeasuringSystem(nodes, affinity, clock, () -> NOW, cpus -> 1 << 20))
                .withBufferByteSize(BUFFER)
                .withTimeBudget(Duration.ofMillis(200));
    }

    @AfterEach
    void nothingIsLeft() {
        assertThat(nodes.memory().mappedBytes()).isZero();
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.startsWith("memkind-measure"));
    }

    @Test
    void measuresEveryNodeWithProcessorsAndEveryNodeWithMemory() throws InterruptedException {
        MeasuredAttributes measured = measurement().measure();

        assertThat(measured.measuredAt()).isEqualTo(NOW);
        assertThat(measured.pairs())
                .extracting(pair -> pair.initiator() + ">" + pair.target())
                .containsExactly("0>0", "0>1", "0>4", "1>0", "1>1", "1>4");
        assertThat(measured.pairs()).allSatisfy(pair -> {
            assertThat(pair.reason()).isEmpty();
            // a tick of 1 ms for 2048 loads, or for a chunk of 256 KiB a thread
            assertThat(pair.readLatencyNanos()).hasValue(488);
            assertThat(pair.threadCount()).isEqualTo(pair.initiator() == 0 ? 2 : 1);
            assertThat(pair.readBandwidthMiBps()).hasValue(250L * pair.threadCount());
            assertThat(pair.bufferByteSize()).isEqualTo(BUFFER);
            assertThat(pair.roundCount()).isEqualTo(5);
        });
    }

    @Test
    void tellsHowFarItIs() throws InterruptedException {
        List<Double> fractions = new ArrayList<>();
        List<String> pairs = new ArrayList<>();
        measurement()
                .withProgress((from, to, fraction) -> {
                    fractions.add(fraction);
                    pairs.add(from + ">" + to);
                })
                .measure();

        assertThat(fractions).isSorted().first().isEqualTo(0.0);
        assertThat(fractions).last().isEqualTo(1.0);
        assertThat(fractions).hasSize(6 * 13);
        assertThat(pairs.stream().distinct()).containsExactly("0>0", "1>0", "0>1", "1>1", "0>4", "1>4");
    }

    @Test
    void leavesOutWhatTheProcessMayNotUseAndSaysWhy() throws InterruptedException {
        topology = new Topology(
                topology.nodes(),
                List.of(),
                TransparentHugePages.UNKNOWN,
                0,
                0,
                List.of(0, 1),
                List.of(),
                topology.processor());
        FakeAffinity twoCpus = new FakeAffinity(1, 7);
        MeasuredAttributes measured = AttributeMeasurement.of(
                        topology, new MeasuringSystem(nodes, twoCpus, clock, () -> NOW, cpus -> 0))
                .withBufferByteSize(BUFFER)
                .withTimeBudget(Duration.ofMillis(200))
                .measure();

        assertThat(measured.pair(0, 0).orElseThrow().threadCount()).isEqualTo(1);
        assertThat(measured.pair(0, 1).orElseThrow().measured()).isTrue();
        assertThat(measured.pair(0, 4).orElseThrow().reason())
                .isEqualTo("this process may not use the memory of node 4 (cpuset.mems)");
        assertThat(measured.pair(1, 0).orElseThrow().reason())
                .isEqualTo("this process may not run on any CPU of node 1 (cpuset.cpus, or taskset)");
        assertThat(measured.pair(1, 4).orElseThrow().measured()).isFalse();
    }

    @Test
    void leavesOutANodeWithTooLittleMemory() throws InterruptedException {
        topology = machine(new NumaNode(0, List.of(0), FREE, FREE), new NumaNode(1, List.of(), FREE, 4 * BUFFER - 1));
        MeasuredAttributes measured = measurement().measure();

        assertThat(measured.pair(0, 0).orElseThrow().measured()).isTrue();
        assertThat(measured.pair(0, 1).orElseThrow().reason()).startsWith("too little free memory: ");
        assertThat(measured.hasValues()).isTrue();
    }

    @Test
    void readsAsMuchOfEachNode() throws InterruptedException {
        long mib = 1 << 20;
        topology = machine(
                new NumaNode(0, List.of(0), FREE, FREE),
                new NumaNode(1, List.of(), FREE, 4 * 70 * mib),
                new NumaNode(2, List.of(), FREE, 4 * 63 * mib));
        MeasuredAttributes measured = AttributeMeasurement.of(
                        topology, new MeasuringSystem(nodes, affinity, clock, () -> NOW, cpus -> 32 * mib))
                .withTimeBudget(Duration.ofMillis(200))
                .measure();

        assertThat(measured.pairs()).extracting(MeasuredPair::bufferByteSize).containsExactly(70 * mib, 70 * mib, 0L);
    }

    @Test
    void leavesOutWhatItHasNoTimeFor() throws InterruptedException {
        clock = new TickingClock(200_000_000);
        MeasuredAttributes measured =
                measurement().withTimeBudget(Duration.ofSeconds(2)).measure();

        assertThat(measured.pair(0, 0).orElseThrow().measured()).isTrue();
        assertThat(measured.pair(1, 4).orElseThrow().reason())
                .isEqualTo("no time left: the limit is 2000 ms for 6 pairs of nodes");
    }

    @Test
    void withoutAffinityNothingIsMeasured() throws InterruptedException {
        affinity.failGet(Errno.EPERM);

        assertThat(measurement().measure().pairs())
                .hasSize(6)
                .allSatisfy(pair -> assertThat(pair.reason())
                        .isEqualTo("sched_getaffinity failed: EPERM (operation not permitted)"));
    }

    @Test
    void withoutNodesThereIsNothingToMeasure() throws InterruptedException {
        topology = machine();

        assertThat(measurement().measure().pairs()).isEmpty();
        assertThat(measurement().measure().hasValues()).isFalse();
    }

    @Test
    void aFailedCallCostsTheTargetAloneAndNothingLeaks() throws InterruptedException {
        for (Call call : new Call[] {Call.MMAP, Call.MBIND, Call.MADVISE, Call.MOVE_PAGES}) {
            for (int nth = 1; nth <= 4; nth++) {
                nodes.memory().failNth(call, nth, Errno.ENOMEM);
                MeasuredAttributes measured = measurement().measure();

                List<Integer> lost = measured.pairs().stream()
                        .filter(pair -> !pair.measured())
                        .map(MeasuredPair::target)
                        .distinct()
                        .toList();
                assertThat(measured.pairs()).hasSize(6);
                assertThat(lost).as("%s %d", call, nth).hasSizeLessThanOrEqualTo(1);
                assertThat(nodes.memory().mappedBytes()).isZero();
                // of the two advices for a target, only the one that populates matters
                int target = call == Call.MADVISE ? (nth % 2 == 0 ? nth / 2 : Integer.MAX_VALUE) : nth;
                assertThat(lost).as("%s %d", call, nth).hasSize(target <= 3 ? 1 : 0);
            }
        }
    }

    @Test
    void endsWhenInterrupted() {
        AttributeMeasurement interrupted = measurement().withProgress((from, to, fraction) -> {
            if (fraction > 0.4) {
                Thread.currentThread().interrupt();
            }
        });

        assertThatThrownBy(interrupted::measure).isInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void endsWhenTheListenerThrows() {
        AttributeMeasurement failing = measurement().withProgress((from, to, fraction) -> {
            if (fraction > 0.2) {
                throw new UnsupportedOperationException("enough");
            }
        });

        assertThatThrownBy(failing::measure).hasMessage("enough");
    }

    @Test
    void refusesLimitsOutOfRange() {
        AttributeMeasurement measurement = measurement();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> measurement.withTimeBudget(Duration.ofMillis(99)))
                .withMessage("the time budget of PT0.099S is not from PT0.1S to PT1H");
        assertThatIllegalArgumentException().isThrownBy(() -> measurement.withTimeBudget(Duration.ofHours(2)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> measurement.withBufferByteSize(BUFFER - 1))
                .withMessageContaining("a buffer of " + (BUFFER - 1) + " bytes is not from");
        assertThatIllegalArgumentException().isThrownBy(() -> measurement.withBufferByteSize(Long.MAX_VALUE));
    }

    @Test
    void measuresTheRunningMachine() throws InterruptedException {
        Topology running = Topology.read();
        MeasuredAttributes measured = AttributeMeasurement.of(running)
                .withBufferByteSize(BUFFER)
                .withTimeBudget(Duration.ofMillis(500))
                .measure();

        long initiators =
                running.nodes().stream().filter(node -> !node.cpus().isEmpty()).count();
        assertThat(measured.pairs())
                .hasSize((int) initiators * running.nodesWithMemory().size());
        assertThat(measured.pairs())
                .allSatisfy(pair -> assertThat(pair.measured())
                        .isEqualTo(pair.reason().isEmpty())
                        .isEqualTo(pair.readLatencyNanos().isPresent()));
    }
}
