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

    /** Behind the last address that can be entered: what mmap(2) gives to those who do not ask for more. */
    static final long END = 1L << Platform.current().addressBits();

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
     * Somebody who owns a part of the range, whether entered at those pages or only at the first of the run; or null. Takes
     * time for every page of the range, and of the runs before it.
     */
    static @Nullable PageOwner anyOwnerIn(long address, long byteSize) {
        long firstPage = address >>> PageSize.SHIFT;
        long endPage = (address + byteSize + PageSize.BYTES - 1) >>> PageSize.SHIFT;
        PageOwner below = lastAtOrBelow(firstPage - 1);
        if (below != null && (below.address() >>> PageSize.SHIFT) + below.pageCount() > firstPage) {
            return below;
        }
        PageOwner last = lastAtOrBelow(endPage - 1);
        return last != null && (last.address() >>> PageSize.SHIFT) + last.pageCount() > firstPage ? last : null;
    }

    private static @Nullable PageOwner lastAtOrBelow(long fromPage) {
        long page = fromPage;
        while (page >= 0) {
            @Nullable PageOwner[] leaf = ROOT[(int) (page >>> LEAF_BITS)];
            if (leaf != null) {
                for (int i = (int) page & LEAF_MASK; i >= 0; i--) {
                    if (leaf[i] != null) {
                        return leaf[i];
                    }
                }
            }
            page = (page >>> LEAF_BITS << LEAF_BITS) - 1;
        }
        return null;
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
