package io.memkind.internal.select;

import static io.memkind.internal.select.Outcomes.targets;
import static io.memkind.internal.select.Outcomes.unavailable;
import static org.assertj.core.api.Assertions.assertThat;

import io.memkind.internal.locality.Machines;
import io.memkind.internal.select.Selection.Unavailable;
import org.junit.jupiter.api.Test;

final class LargestNodesTest {
    private static Machines machine() {
        return Machines.empty().node(0, "0", 4).node(1, "1", 8).node(2, "", 8).node(3, "", 2);
    }

    @Test
    void allOfTheLargestAreKeptWhereverTheyAre() {
        assertThat(targets(NodeRule.HIGHEST_CAPACITY, machine().build())).isEqualTo("{0=[1, 2], 1=[1, 2]}");
    }

    @Test
    void aTieRefusesThePreferringKind() {
        Unavailable refusal =
                unavailable(NodeRule.HIGHEST_CAPACITY_SINGLE, machine().build());
        assertThat(refusal.error()).isEqualTo(SelectionError.MEMTYPE_NOT_AVAILABLE);
        assertThat(refusal.reason())
                .isEqualTo("nodes 1 and 2 have the same highest capacity (8388608 bytes): a preferred kind needs one");
        assertThat(targets(
                        NodeRule.HIGHEST_CAPACITY_SINGLE,
                        machine().node(3, "", 9).build()))
                .isEqualTo("{0=[3], 1=[3]}");
    }

    @Test
    void aNodeThatMayNotBeUsedDoesNotCount() {
        assertThat(targets(NodeRule.HIGHEST_CAPACITY, machine().allowed(0, 2, 3).build()))
                .isEqualTo("{0=[2], 1=[2]}");
    }

    @Test
    void sizesMustBeKnown() {
        Unavailable refusal = unavailable(
                NodeRule.HIGHEST_CAPACITY,
                Machines.empty().node(0, "0", 0).node(1, "", 0).build());
        assertThat(refusal.error()).isEqualTo(SelectionError.MEMTYPE_NOT_AVAILABLE);
        assertThat(refusal.reason()).isEqualTo("the kernel tells no size of nodes 0 and 1");
    }
}
