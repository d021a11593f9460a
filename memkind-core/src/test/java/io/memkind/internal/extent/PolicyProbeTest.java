package io.memkind.internal.extent;

import static org.assertj.core.api.Assertions.assertThat;

import io.memkind.attribute.NodePolicy;
import io.memkind.internal.os.Errno;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class PolicyProbeTest {
    private final FaultyMemory memory = new FaultyMemory();

    @Test
    void anErrorIsTheOutcome() {
        Map.of(
                        Errno.EINVAL, PolicyProbe.Outcome.UNKNOWN_POLICY,
                        Errno.EPERM, PolicyProbe.Outcome.FORBIDDEN,
                        Errno.ENOSYS, PolicyProbe.Outcome.NO_NUMA,
                        Errno.ENOMEM, PolicyProbe.Outcome.BOUND)
                .forEach((errno, outcome) -> {
                    memory.failNth(FaultyMemory.Call.MBIND, 1, errno);
                    assertThat(PolicyProbe.bind(memory, NodePolicy.PREFERRED_MANY, List.of(0)))
                            .isEqualTo(outcome);
                    assertThat(memory.mappedBytes()).isZero();
                });
    }

    @Test
    void withoutMemoryNothingIsKnown() {
        memory.failAll(FaultyMemory.Call.MMAP, Errno.ENOMEM);
        assertThat(PolicyProbe.bind(memory, NodePolicy.BIND, List.of(0))).isEqualTo(PolicyProbe.Outcome.BOUND);
        assertThat(memory.count(FaultyMemory.Call.MBIND)).isZero();
    }

    @Test
    void noSuchNodeIsRefused() {
        memory.failNothing();
        assertThat(PolicyProbe.bind(memory, NodePolicy.BIND, List.of(1000)))
                .isIn(PolicyProbe.Outcome.UNKNOWN_POLICY, PolicyProbe.Outcome.FORBIDDEN, PolicyProbe.Outcome.NO_NUMA);
    }
}
