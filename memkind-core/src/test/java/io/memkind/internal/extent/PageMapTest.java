package io.memkind.internal.extent;

import static org.assertj.core.api.Assertions.assertThat;

import io.memkind.internal.os.LinuxMemory;
import io.memkind.internal.os.PageSize;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageMapTest {
    private static final long SEED = 20_260_802;

    @ParameterizedTest
    @ValueSource(
            longs = {
                0,
                1,
                4095,
                4096,
                -1,
                -4096,
                Long.MIN_VALUE,
                Long.MAX_VALUE,
                1L << 47,
                (1L << 47) - 1,
                1L << 48,
                (1L << 48) - 1,
                1L << 62,
                -(1L << 47),
                0xdeadbeefL << 32
            })
    void knowsNoOwnerOfHostileAddresses(long address) {
        assertThat(PageMap.get(address)).isNull();
    }

    @Test
    void answersForAnyAddress() {
        Random random = new Random(SEED);
        for (int i = 0; i < 1_000_000; i++) {
            long address = random.nextLong() >>> random.nextInt(64);
            PageOwner owner = PageMap.get(address);
            if (owner != null) {
                assertThat(address)
                        .as("address with an owner, seed %d", SEED)
                        .isBetween(owner.address(), owner.address() + owner.pageCount() * PageSize.BYTES - 1);
            }
        }
    }

    @Test
    void findsTheOwnerFromEveryByteOfItsPages() {
        /* Two leaves, so that some pages lie on either side of their border. */
        long byteSize = 2L << 30;
        long region = LinuxMemory.INSTANCE.map(byteSize, 0);
        assertThat(region).isPositive();
        try {
            long border = (region + (1L << 29)) & -(1L << 29);
            long start = border - 3 * PageSize.BYTES;
            PageMap.reserve(region, byteSize);
            PageOwner owner = new TestOwner(start, 6);
            PageMap.setAll(start, 6, owner);

            assertThat(PageMap.get(start - 1)).isNull();
            for (long offset = 0; offset < 6 * PageSize.BYTES; offset += 7) {
                assertThat(PageMap.get(start + offset)).isSameAs(owner);
            }
            assertThat(PageMap.get(start + 6 * PageSize.BYTES)).isNull();
            /* Other pages whose numbers share their low bits. */
            for (int bit = 48; bit < 64; bit++) {
                assertThat(PageMap.get(start | 1L << bit)).isNull();
            }
            PageMap.set(border, null);
            assertThat(PageMap.get(border)).isNull();
            assertThat(PageMap.get(border - 1)).isSameAs(owner);
            assertThat(PageMap.get(border + PageSize.BYTES)).isSameAs(owner);
            PageMap.setAll(start, 6, null);
            assertThat(PageMap.get(start)).isNull();
        } finally {
            LinuxMemory.INSTANCE.unmap(region, byteSize);
        }
    }
}
