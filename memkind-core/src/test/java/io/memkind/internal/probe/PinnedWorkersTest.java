package io.memkind.internal.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.memkind.internal.os.CpuAffinity;
import io.memkind.internal.os.Errno;
import io.memkind.internal.os.LinuxCpuAffinity;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PinnedWorkersTest {
    /* Lets only CPUs below 2 be set. */
    private static final CpuAffinity TWO_CPUS = new CpuAffinity() {
        @Override
        public int get(BitSet cpus) {
            cpus.set(0, 2);
            return 0;
        }

        @Override
        public int set(BitSet cpus) {
            return cpus.length() > 2 ? -Errno.EINVAL : 0;
        }
    };

    @AfterEach
    void noThreadIsLeft() {
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.startsWith("memkind-measure"));
    }

    @Test
    void eachRunsOnItsProcessorAlone() throws Exception {
        BitSet here = new BitSet();
        assertThat(LinuxCpuAffinity.INSTANCE.get(here)).isZero();
        List<Integer> cpus = here.stream().boxed().toList();
        try (PinnedWorkers workers = PinnedWorkers.start(LinuxCpuAffinity.INSTANCE, cpus)) {
            List<BitSet> found = workers.onAll(index -> () -> {
                BitSet own = new BitSet();
                LinuxCpuAffinity.INSTANCE.get(own);
                return own;
            });
            assertThat(found).hasSameSizeAs(cpus);
            for (int i = 0; i < cpus.size(); i++) {
                assertThat(found.get(i).stream().boxed()).containsExactly(cpus.get(i));
            }
        }
        BitSet after = new BitSet();
        assertThat(LinuxCpuAffinity.INSTANCE.get(after)).isZero();
        assertThat(after).isEqualTo(here);
    }

    @Test
    void aProcessorThatCannotBeHadIsNamed() {
        assertThatThrownBy(() -> PinnedWorkers.start(TWO_CPUS, List.of(0, 1, 5)))
                .isInstanceOf(UnmeasuredException.class)
                .hasMessageStartingWith("a thread cannot be pinned to CPU 5: sched_setaffinity failed: EINVAL");
    }

    @Test
    void allRunAtOnce() throws Exception {
        try (PinnedWorkers workers = PinnedWorkers.start(TWO_CPUS, List.of(0, 1))) {
            CountDownLatch both = new CountDownLatch(2);
            assertThat(workers.onAll(index -> () -> {
                        both.countDown();
                        both.await();
                        return index;
                    }))
                    .containsExactly(0, 1);
        }
    }

    @Test
    void whatATaskThrowsComesOut() throws Exception {
        try (PinnedWorkers workers = PinnedWorkers.start(TWO_CPUS, List.of(0))) {
            assertThatThrownBy(() -> workers.onFirst(() -> {
                        throw new UnsupportedOperationException("no such thing");
                    }))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("no such thing")
                    .hasRootCauseInstanceOf(UnsupportedOperationException.class);
        }
    }

    @Test
    void anInterruptedCallerFindsNoTaskRunning() throws Exception {
        AtomicInteger running = new AtomicInteger();
        CountDownLatch both = new CountDownLatch(2);
        try (PinnedWorkers workers = PinnedWorkers.start(TWO_CPUS, List.of(0, 1))) {
            Thread caller = Thread.currentThread();
            assertThatThrownBy(() -> workers.onAll(index -> () -> {
                        running.incrementAndGet();
                        try {
                            both.countDown();
                            both.await();
                            if (index == 0) {
                                caller.interrupt();
                            }
                            while (!Thread.currentThread().isInterrupted()) {
                                Thread.onSpinWait();
                            }
                            return index;
                        } finally {
                            running.decrementAndGet();
                        }
                    }))
                    .isInstanceOf(InterruptedException.class);
            assertThat(running).hasValue(0);
        }
    }

    @Test
    void closingInterruptsWhatStillRuns() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        PinnedWorkers workers = PinnedWorkers.start(TWO_CPUS, List.of(0));
        Thread caller = Thread.ofPlatform().start(() -> {
            try {
                workers.onFirst(() -> {
                    running.countDown();
                    new CountDownLatch(1).await();
                    return 0;
                });
            } catch (InterruptedException | IllegalStateException e) {
                // as it should
            }
        });
        running.await();
        workers.close();
        caller.join();
    }
}
