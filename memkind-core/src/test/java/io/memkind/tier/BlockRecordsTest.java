package io.memkind.tier;

import static org.assertj.core.api.Assertions.assertThat;

import io.memkind.Seeds;
import io.memkind.Workers;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class BlockRecordsTest {
    private static final long BASE = 0x7f12_3456_0000L;

    private final BlockRecords records = new BlockRecords();

    @Test
    void everySizeComesBack() {
        for (long size = 0; size < 70_000; size += size < 1000 ? 1 : 97) {
            assertThat(records.put(BASE, size, 3)).isEqualTo(BlockRecords.NONE);
            assertThat(records.get(BASE)).isEqualTo(size);
            assertThat(records.tierOf(BASE)).isEqualTo(3);
            assertThat(records.claim(BASE)).isEqualTo(size);
            assertThat(records.claim(BASE)).isEqualTo(BlockRecords.NONE);
        }
        for (int shift = 17; shift < 47; shift++) {
            for (long size : new long[] {(1L << shift) - 1, 1L << shift, (1L << shift) + 12_345}) {
                records.put(BASE, size, 253);
                assertThat(records.claim(BASE)).isEqualTo(size);
                assertThat(records.tierOf(BASE)).isEqualTo(253);
            }
        }
    }

    @Test
    void onlyTheStartIsFound() {
        for (long size : new long[] {0, 8, 100, 126, 4096, (1L << 46) - 1}) {
            records.put(BASE, size, 0);
            for (long offset = -300; offset < 300; offset++) {
                if (offset != 0) {
                    assertThat(records.get(BASE + offset))
                            .as("offset %d", offset)
                            .isEqualTo(BlockRecords.NONE);
                    assertThat(records.claim(BASE + offset)).isEqualTo(BlockRecords.NONE);
                }
            }
            assertThat(records.claim(BASE)).isEqualTo(size);
        }
    }

    @Test
    void anyLongCanBeAskedFor() {
        Random random = Seeds.random(500);
        for (int i = 0; i < 10_000; i++) {
            long address = random.nextLong() >>> random.nextInt(64);
            assertThat(records.get(address)).isEqualTo(BlockRecords.NONE);
            assertThat(records.claim(address)).isEqualTo(BlockRecords.NONE);
            assertThat(records.tierOf(address)).isEqualTo(-1);
        }
    }

    @Test
    void aRecordThatIsStillThereIsReportedWhenItIsReplaced() {
        records.put(BASE, 5000, 1);
        assertThat(records.put(BASE, 10, 1)).isEqualTo(5000);
        assertThat(records.put(BASE, 20, 1)).isEqualTo(10);
        assertThat(records.claim(BASE)).isEqualTo(20);
    }

    @Test
    void randomBlocksAreThoseOfAMap() {
        Random random = Seeds.random(501);
        TreeMap<Long, Long> model = new TreeMap<>();
        for (int i = 0; i < 20_000; i++) {
            /* In three gigabytes, one of them in another node; every block has the bytes up to the next slot of 8 KiB. */
            long address = BASE + ((long) random.nextInt(3) << 39) + (random.nextInt(200) << 13);
            if (model.containsKey(address)) {
                assertThat(records.claim(address)).as(Seeds.describe(501)).isEqualTo(model.remove(address));
            } else {
                long size = random.nextLong(4000);
                assertThat(records.put(address, size, 0)).isEqualTo(BlockRecords.NONE);
                model.put(address, size);
            }
        }
        Map<Long, Long> found = new HashMap<>();
        records.forEach(address -> found.put(address, records.get(address)));
        assertThat(found).isEqualTo(model);
        found.keySet().forEach(records::claim);
        records.forEach(address -> assertThat(address).as("left").isZero());
    }

    @Test
    void blocksOf8BytesAreSideBySide() {
        TreeSet<Long> addresses = new TreeSet<>();
        for (long address = BASE; address < BASE + 4096; address += 8) {
            records.put(address, address >>> 3 & 7, 0);
            addresses.add(address);
        }
        TreeSet<Long> found = new TreeSet<>();
        records.forEach(found::add);
        assertThat(found).isEqualTo(addresses);
        for (long address : addresses) {
            assertThat(records.claim(address)).isEqualTo(address >>> 3 & 7);
        }
    }

    @Test
    void neighboursAreClaimedAtTheSameTimeByOneThreadEach() {
        int blocks = 20_000;
        for (int i = 0; i < blocks; i++) {
            records.put(BASE + 16L * i, 16, 0);
        }
        AtomicInteger claimed = new AtomicInteger();
        Workers.run(4, worker -> {
            for (int i = 0; i < blocks; i++) {
                if (records.claim(BASE + 16L * i) == 16) {
                    claimed.incrementAndGet();
                }
            }
        });
        assertThat(claimed.get()).isEqualTo(blocks);
        records.forEach(address -> assertThat(address).as("left").isZero());
    }
}
