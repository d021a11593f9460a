package io.memkind.internal.os;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

/** Against the running kernel; each on a thread of its own, whose affinity ends with it. */
class LinuxCpuAffinityTest {
    private static final LinuxCpuAffinity AFFINITY = LinuxCpuAffinity.INSTANCE;

    private static BitSet current() {
        BitSet cpus = new BitSet();
        assertThat(AFFINITY.get(cpus)).isZero();
        return cpus;
    }

    private static BitSet only(int cpu) {
        BitSet cpus = new BitSet();
        cpus.set(cpu);
        return cpus;
    }

    private static void onOwnThread(Runnable test) throws Exception {
        FutureTask<Boolean> task = new FutureTask<>(test, true);
        Thread.ofPlatform().start(task);
        task.get();
    }

    @Test
    void tellsTheProcessorsThatTheJvmCounts() {
        assertThat(current().cardinality())
                .isGreaterThanOrEqualTo(Runtime.getRuntime().availableProcessors());
    }

    @Test
    void replacesWhatTheSetHad() {
        BitSet cpus = only(60_000);
        assertThat(AFFINITY.get(cpus)).isZero();

        assertThat(cpus).isEqualTo(current());
    }

    @Test
    void pinsTheCallingThreadAlone() throws Exception {
        BitSet before = current();
        onOwnThread(() -> {
            for (int cpu : before.stream().toArray()) {
                assertThat(AFFINITY.set(only(cpu))).isZero();
                assertThat(current()).isEqualTo(only(cpu));
            }
            assertThat(AFFINITY.set(before)).isZero();
            assertThat(current()).isEqualTo(before);
        });
        assertThat(current()).isEqualTo(before);
    }

    @Test
    void refusesProcessorsThatAreNotThere() throws Exception {
        onOwnThread(() -> {
            BitSet before = current();
            assertThat(AFFINITY.set(new BitSet())).isEqualTo(-Errno.EINVAL);
            assertThat(AFFINITY.set(only(60_000))).isEqualTo(-Errno.EINVAL);
            assertThat(current()).isEqualTo(before);
        });
    }
}
