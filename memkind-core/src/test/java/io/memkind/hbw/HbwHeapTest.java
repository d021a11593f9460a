package io.memkind.hbw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.memkind.InvalidAddressException;
import io.memkind.Kinds;
import io.memkind.MemoryKind;
import io.memkind.Workers;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Policies and the kinds that they mean, over kinds that stand in for those of a machine with high-bandwidth memory. */
class HbwHeapTest {
    private final Map<String, MemoryKind> kinds = new TreeMap<>();
    private boolean hbwAvailable = true;
    private final HbwHeap heap =
            new HbwHeap(this::kindNamed, kind -> hbwAvailable && kind.name().equals("memkind_hbw_preferred"));

    private MemoryKind kindNamed(String name) {
        return kinds.computeIfAbsent(
                name, own -> MemoryKind.builder(Kinds.DEFAULT).name(own).build());
    }

    @AfterEach
    void close() {
        kinds.values().forEach(MemoryKind::close);
    }

    @ParameterizedTest
    @CsvSource({
        "BIND, true, memkind_hbw, memkind_hbw_hugetlb",
        "BIND, false, memkind_hbw, memkind_hbw_hugetlb",
        "BIND_ALL, true, memkind_hbw_all, memkind_hbw_all_hugetlb",
        "BIND_ALL, false, memkind_hbw_all, memkind_hbw_all_hugetlb",
        "PREFERRED, true, memkind_hbw_preferred, memkind_hbw_preferred_hugetlb",
        "PREFERRED, false, memkind_default, memkind_hugetlb"
    })
    void aPolicyMeansTwoKinds(HbwPolicy policy, boolean available, String base, String huge) {
        hbwAvailable = available;
        heap.setPolicy(policy);
        assertThat(heap.kind(HbwPageSize.BASE).name()).isEqualTo(base);
        assertThat(heap.kind(HbwPageSize.HUGE_2MB).name()).isEqualTo(huge);
        hbwAvailable = !available;
        assertThat(heap.kind(HbwPageSize.BASE).name()).as("chosen once").isEqualTo(base);
    }

    @Test
    void interleavingHasNoHugePages() {
        heap.setPolicy(HbwPolicy.INTERLEAVE);
        assertThat(heap.kind(HbwPageSize.BASE).name()).isEqualTo("memkind_hbw_interleave");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> heap.kind(HbwPageSize.HUGE_2MB))
                .withMessageContainingAll("INTERLEAVE", "2 MiB");
        assertThat(kinds).containsOnlyKeys("memkind_hbw_interleave");
    }

    @ParameterizedTest
    @EnumSource(HbwPolicy.class)
    void aPolicyIsSetOnce(HbwPolicy policy) {
        assertThat(heap.policy()).isEqualTo(HbwPolicy.PREFERRED);
        heap.setPolicy(policy);
        heap.setPolicy(policy);
        for (HbwPolicy other : HbwPolicy.values()) {
            if (other != policy) {
                assertThatIllegalStateException()
                        .isThrownBy(() -> heap.setPolicy(other))
                        .withMessageContainingAll("is " + policy, "become " + other);
            }
            assertThat(heap.policy()).isEqualTo(policy);
        }
    }

    @ParameterizedTest
    @EnumSource(HbwPageSize.class)
    void theFirstRequestFixesThePolicy(HbwPageSize pages) {
        heap.kind(pages);
        heap.setPolicy(HbwPolicy.PREFERRED);
        assertThatIllegalStateException().isThrownBy(() -> heap.setPolicy(HbwPolicy.BIND));
    }

    @Test
    void ofManyThreadsOneSetsThePolicyAndAllGetItsKind() {
        for (int round = 0; round < 200; round++) {
            HbwHeap raced = new HbwHeap(
                    new ConcurrentHashMap<>(Map.of(
                            "memkind_hbw", kindNamed("memkind_hbw"),
                            "memkind_hbw_all", kindNamed("memkind_hbw_all"),
                            "memkind_hbw_preferred", kindNamed("memkind_hbw_preferred")))::get,
                    kind -> true);
            AtomicInteger set = new AtomicInteger();
            MemoryKind[] seen = new MemoryKind[4];
            Workers.run(4, worker -> {
                try {
                    if (worker < 2) {
                        raced.setPolicy(worker == 0 ? HbwPolicy.BIND : HbwPolicy.BIND_ALL);
                        set.incrementAndGet();
                    }
                } catch (IllegalStateException e) {
                    assertThat(e).hasMessageContaining("already");
                }
                seen[worker] = raced.kind(HbwPageSize.BASE);
            });
            assertThat(set.get()).isLessThanOrEqualTo(1);
            assertThat(seen).containsOnly(raced.kind(HbwPageSize.BASE));
            assertThat(set.get() == 0).isEqualTo(raced.policy() == HbwPolicy.PREFERRED);
        }
    }

    @Test
    void theOwnerOfABlockIsFoundAmongBothKinds() {
        MemoryKind base = heap.kind(HbwPageSize.BASE);
        long small = base.malloc(100);
        assertThat(heap.ownerOf(small)).isSameAs(base);
        MemoryKind huge = heap.kind(HbwPageSize.HUGE_2MB);
        long large = huge.malloc(3 << 20);
        assertThat(heap.ownerOf(small)).isSameAs(base);
        assertThat(heap.ownerOf(large)).isSameAs(huge);
        long foreign = kindNamed("memkind_regular").malloc(100);
        assertThatExceptionOfType(InvalidAddressException.class)
                .isThrownBy(() -> heap.ownerOf(foreign))
                .withMessageContainingAll("0x" + Long.toHexString(foreign), "memkind_regular");
        base.free(small);
        assertThatExceptionOfType(InvalidAddressException.class).isThrownBy(() -> heap.ownerOf(small));
    }

    @Test
    void beforeAnythingWasAllocatedNothingIsOwned() {
        assertThatExceptionOfType(InvalidAddressException.class).isThrownBy(() -> heap.ownerOf(4096));
        assertThat(kinds).isEmpty();
    }
}
