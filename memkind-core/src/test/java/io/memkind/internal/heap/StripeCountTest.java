package io.memkind.internal.heap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.memkind.internal.extent.AnonymousSource;
import io.memkind.settings.SettingException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How many threads without a shard of their own a heap serves at once. */
class StripeCountTest {
    private static final String PROPERTY = "io.memkind.arenaNumPerKind";

    private final Heap heap = new Heap(AnonymousSource.of(AnonymousSource.Pages.BASE, 0), HeapOptions.DEFAULT);

    @AfterEach
    void close() {
        System.clearProperty(PROPERTY);
        heap.close();
    }

    @Test
    void isAPowerOfTwoThatIsAsManyAsAskedFor() {
        for (int given = 1; given <= 4096; given++) {
            int count = ShardTable.stripeCount(given, 3);
            assertThat(Integer.bitCount(count)).isEqualTo(1);
            assertThat(count).isBetween(given, 2 * given - 1);
        }
    }

    @Test
    void isTwoToFourTimesTheProcessorsByDefault() {
        for (int processors = 1; processors <= 1024; processors++) {
            int count = ShardTable.stripeCount(0, processors);
            assertThat(Integer.bitCount(count)).isEqualTo(1);
            assertThat(count).isBetween(2 * processors, 4 * processors - 1);
        }
    }

    @Test
    void isReadWhenAStripeIsNeeded() {
        System.setProperty(PROPERTY, "33");
        ShardTable table = new ShardTable(heap, 1);
        List<Shard> entered = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            entered.add(table.enterStripe());
        }
        entered.forEach(Shard::exit);

        assertThat(entered).doesNotHaveDuplicates();
    }

    @Test
    void aBadValueFailsTheCallThatNeedsAStripeAndNoMore() {
        System.setProperty(PROPERTY, "none");
        ShardTable table = new ShardTable(heap, 1);
        for (int i = 0; i < 2; i++) {
            assertThatExceptionOfType(SettingException.class)
                    .isThrownBy(table::enterStripe)
                    .withMessageStartingWith(PROPERTY + "='none' is not a count of arenas");
        }
        System.clearProperty(PROPERTY);
        table.enterStripe().exit();
    }
}
