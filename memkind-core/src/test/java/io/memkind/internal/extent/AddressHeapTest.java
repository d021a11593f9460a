package io.memkind.internal.extent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class AddressHeapTest {
    private static final Comparator<PageOwner> BY_ADDRESS = (a, b) -> Long.compareUnsigned(a.address(), b.address());

    @Test
    void isEmptyAtFirst() {
        AddressHeap heap = new AddressHeap();

        assertThat(heap.isEmpty()).isTrue();
        assertThat(heap.first()).isNull();
    }

    @Test
    void knowsTheOnlyMember() {
        AddressHeap heap = new AddressHeap();
        TestOwner low = new TestOwner(1, 1);
        TestOwner high = new TestOwner(2, 1);
        heap.insert(high);
        assertThat(heap.isOnly(high)).isTrue();
        heap.insert(low);
        assertThat(heap.isOnly(low)).isFalse();
        assertThat(heap.isOnly(high)).isFalse();
        heap.remove(low);
        assertThat(heap.isOnly(high)).isTrue();
    }

    @Test
    void showsEveryMemberToASearch() {
        for (long run = 1; run <= 100; run++) {
            long seed = run;
            Random random = new Random(seed);
            AddressHeap heap = new AddressHeap();
            TreeSet<PageOwner> members = new TreeSet<>(BY_ADDRESS);
            for (int i = 0; i < 200; i++) {
                TestOwner owner = new TestOwner(random.nextInt(10_000), 1);
                if (members.add(owner)) {
                    heap.insert(owner);
                }
                if (i % 3 == 0) {
                    PageOwner removed = random.nextBoolean() ? members.first() : members.last();
                    members.remove(removed);
                    heap.remove(removed);
                }
                TreeSet<PageOwner> seen = new TreeSet<>(BY_ADDRESS);
                assertThat(heap.find(member -> {
                            assertThat(seen.add(member))
                                    .as("seen twice, seed %d", seed)
                                    .isTrue();
                            return false;
                        }))
                        .isNull();
                assertThat(seen).as("seed %d", seed).containsExactlyElementsOf(members);
            }
            PageOwner wanted = members.last();
            assertThat(heap.find(member -> member == wanted)).isSameAs(wanted);
        }
    }

    @Test
    void comparesAddressesUnsigned() {
        AddressHeap heap = new AddressHeap();
        TestOwner high = new TestOwner(Long.MIN_VALUE, 1);
        TestOwner low = new TestOwner(Long.MAX_VALUE, 1);
        heap.insert(high);
        heap.insert(low);

        assertThat(heap.first()).isSameAs(low);
    }

    @Test
    void refusesToRemoveWhatIsNoMember() {
        AddressHeap heap = new AddressHeap();
        heap.insert(new TestOwner(1, 1));

        assertThatThrownBy(() -> heap.remove(new TestOwner(2, 1))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void givesTheLowestFirstWhateverWasDoneBefore() {
        for (long seed = 1; seed <= 200; seed++) {
            Random random = new Random(seed);
            AddressHeap heap = new AddressHeap();
            TreeSet<PageOwner> model = new TreeSet<>(BY_ADDRESS);
            List<PageOwner> members = new ArrayList<>();
            int bias = 2 + random.nextInt(6);
            for (int step = 0; step < 400; step++) {
                int choice = random.nextInt(10);
                if (members.isEmpty() || choice < bias) {
                    PageOwner owner = new TestOwner(random.nextLong(), 1);
                    if (model.add(owner)) {
                        heap.insert(owner);
                        members.add(owner);
                    }
                } else {
                    PageOwner victim = choice == 9 ? model.first() : members.get(random.nextInt(members.size()));
                    members.remove(victim);
                    model.remove(victim);
                    heap.remove(victim);
                }
                check(heap, model, seed, step);
            }
            while (!model.isEmpty()) {
                heap.remove(model.pollFirst());
                check(heap, model, seed, -1);
            }
        }
    }

    private static void check(AddressHeap heap, TreeSet<PageOwner> model, long seed, int step) {
        PageOwner lowest = model.isEmpty() ? null : model.first();
        assertThat(heap.first()).as("lowest, seed %d step %d", seed, step).isSameAs(lowest);
        assertThat(heap.isEmpty()).as("empty, seed %d step %d", seed, step).isEqualTo(model.isEmpty());
        if (lowest != null) {
            assertThat(heap.isOnly(lowest))
                    .as("only, seed %d step %d", seed, step)
                    .isEqualTo(model.size() == 1);
        }
    }

    /* Ascending insertion makes the widest tree, descending the deepest. */
    @Test
    void holdsManyMembersInsertedInOrder() {
        for (boolean ascending : new boolean[] {true, false}) {
            AddressHeap heap = new AddressHeap();
            int count = 200_000;
            for (int i = 0; i < count; i++) {
                heap.insert(new TestOwner(ascending ? i : count - 1 - i, 1));
            }
            for (int i = 0; i < count; i++) {
                PageOwner first = heap.first();
                assertThat(first == null ? -1 : first.address()).isEqualTo(i);
                heap.remove(first);
            }
            assertThat(heap.isEmpty()).isTrue();
        }
    }
}
