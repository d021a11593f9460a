package io.memkind.internal.heap;

import static org.assertj.core.api.Assertions.assertThat;

import io.memkind.internal.extent.AnonymousSource;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ShardIdsTest {
    /* A number that two shards had would make one free the other's blocks. */
    @Test
    void aHeapThatIsClosedTwiceReturnsItsNumbersOnce() {
        Heap heap = new Heap(AnonymousSource.of(AnonymousSource.Pages.BASE, 0), HeapOptions.DEFAULT);
        assertThat(heap.allocate(100)).isPositive();
        heap.close();
        heap.close();
        Set<Integer> taken = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            assertThat(taken.add(ShardIds.take())).as("a number of its own").isTrue();
        }
        taken.forEach(ShardIds::giveBack);
    }

    @Test
    void numbersAreReused() {
        int first = ShardIds.take();
        ShardIds.giveBack(first);
        assertThat(ShardIds.take()).isEqualTo(first);
        ShardIds.giveBack(first);
    }
}
