package io.memkind.internal.extent;

import static org.assertj.core.api.Assertions.assertThat;

import io.memkind.internal.os.PageSize;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DirtyListTest {
    private static final long UNIT = 8 * PageSize.BYTES;

    private final ExtentPool pool =
            Pools.alone(AnonymousSource.of(AnonymousSource.Pages.BASE, 0), Long.MAX_VALUE, false);
    private final DirtyList list = new DirtyList();

    private FreeExtent extent(long page, long pages) {
        return new FreeExtent(pool, FreeExtent.State.DIRTY, page * PageSize.BYTES, pages);
    }

    @Test
    void hasNothingAtFirst() {
        assertThat(list.oldestSpanning(PageSize.BYTES)).isNull();
    }

    @Test
    void skipsExtentsWithoutAWholeUnit() {
        list.addYoungest(extent(1, 7));
        list.addYoungest(extent(9, 14));
        assertThat(list.oldestSpanning(UNIT)).isNull();

        FreeExtent whole = extent(24, 8);
        list.addYoungest(whole);
        list.addYoungest(extent(32, 80));
        assertThat(list.oldestSpanning(UNIT)).isSameAs(whole);
    }

    @Test
    void keepsTheOrderWhateverIsRemoved() {
        for (long seed = 1; seed <= 100; seed++) {
            Random random = new Random(seed);
            DirtyList tried = new DirtyList();
            List<FreeExtent> model = new ArrayList<>();
            for (int step = 0; step < 200; step++) {
                if (model.isEmpty() || random.nextInt(5) < 3) {
                    FreeExtent added = extent(random.nextInt(1000), 1 + random.nextInt(20));
                    tried.addYoungest(added);
                    model.add(added);
                } else {
                    tried.remove(model.remove(random.nextInt(model.size())));
                }
                String description = "seed " + seed + " step " + step;
                assertThat(tried.oldestSpanning(PageSize.BYTES))
                        .as(description)
                        .isSameAs(model.isEmpty() ? null : model.get(0));
                assertThat(tried.oldestSpanning(UNIT))
                        .as(description)
                        .isSameAs(model.stream()
                                .filter(DirtyListTest::hasWholeUnit)
                                .findFirst()
                                .orElse(null));
            }
        }
    }

    private static boolean hasWholeUnit(FreeExtent extent) {
        long first = extent.address() / PageSize.BYTES;
        for (long page = first; page < first + extent.pageCount(); page++) {
            if (page % 8 == 0 && page + 8 <= first + extent.pageCount()) {
                return true;
            }
        }
        return false;
    }
}
