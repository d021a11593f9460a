package io.memkind.internal.extent;

import io.memkind.internal.os.PageSize;
import io.memkind.internal.os.Platform;
import org.jspecify.annotations.Nullable;

/**
 * The process-wide map from a page to its owner, read by every free.
 *
 * <p>Slabs enter all their pages, so that any block of theirs is found; large blocks and free extents enter what their
 * users need (first page; first and last page). Reads take any {@code long} and never fail.
 */
public final class PageMap {
    /*
     * Two levels. A leaf covers 2^17 pages (512 MiB with 4 KiB pages) in 512 KiB of references, small enough for a heap
     * of a few dozen MiB; the root then has 2^18 entries for the 47 address bits of x86-64.
     *
     * Order: entries are written by the thread that is about to publish an address inside the page, and read by threads
     * that got the address from it, so the program's own synchronisation orders them. A thread that was never given the
     * address can see an older entry. All fields that the read path uses in an owner are final, so what it sees is
     * consistent, and its checks then refuse the address.
     */
    private static final int LEAF_BITS = 17;
    private static final int LEAF_MASK = (1 << LEAF_BITS) - 1;

    @SuppressWarnings("NullAway") // array elements start out null
    private static final @Nullable PageOwner[][] ROOT =
            new PageOwner[1 << (Platform.current().addressBits() - PageSize.SHIFT - LEAF_BITS)][];

    private PageMap() {}

    /** The owner of the page that holds {@code address}, or null. */
    public static @Nullable PageOwner get(long address) {
        long page = address >>> PageSize.SHIFT;
        long rootIndex = page >>> LEAF_BITS;
        if (rootIndex >= ROOT.length) {
            return null;
        }
        @Nullable PageOwner[] leaf = ROOT[(int) rootIndex];
        return leaf == null ? null : leaf[(int) page & LEAF_MASK];
    }

    /**
     * Makes sure that the range can be entered without allocating memory later on.
     *
     * @throws OutOfMemoryError if the Java heap has no room for a leaf; nothing has changed then
     */
    public static synchronized void reserve(long address, long byteSize) {
        long last = (address + byteSize - 1) >>> PageSize.SHIFT >>> LEAF_BITS;
        for (long i = address >>> PageSize.SHIFT >>> LEAF_BITS; i <= last; i++) {
            if (ROOT[(int) i] == null) {
                ROOT[(int) i] = new PageOwner[1 << LEAF_BITS];
            }
        }
    }

    /** Enters {@code owner} (null: nobody) for one page of a reserved range. */
    public static void set(long address, @Nullable PageOwner owner) {
        long page = address >>> PageSize.SHIFT;
        ROOT[(int) (page >>> LEAF_BITS)][(int) page & LEAF_MASK] = owner;
    }

    /** Enters {@code owner} (null: nobody) for {@code pageCount} pages from {@code address} on. */
    public static void setAll(long address, long pageCount, @Nullable PageOwner owner) {
        for (long i = 0; i < pageCount; i++) {
            set(address + (i << PageSize.SHIFT), owner);
        }
    }
}
