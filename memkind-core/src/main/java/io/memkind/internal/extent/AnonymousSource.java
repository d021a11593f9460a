package io.memkind.internal.extent;

import io.memkind.attribute.NodePolicy;
import io.memkind.internal.os.Advice;
import io.memkind.internal.os.Errno;
import io.memkind.internal.os.LinuxMemory;
import io.memkind.internal.os.MapFlags;
import io.memkind.internal.os.MemoryPolicy;
import io.memkind.internal.os.PageSize;
import io.memkind.internal.os.VirtualMemory;
import java.util.List;

/** Private anonymous memory, of base pages, transparent huge pages or hugetlb pages, under a NUMA policy or none. */
public final class AnonymousSource implements ExtentSource {
    /** The pages behind the memory. */
    public enum Pages {
        BASE,
        /** Base pages that the kernel must not replace by transparent huge pages. */
        BASE_ONLY,
        /** Base pages that the kernel is asked to replace by transparent huge pages. */
        TRANSPARENT_HUGE,
        HUGETLB
    }

    private final VirtualMemory memory;
    private final Pages pages;
    private final long granularityByteSize;
    private final int policyMode;
    private final long[] nodeMask;

    /** Memory of the running system, without a NUMA policy. */
    public static AnonymousSource of(Pages pages, long pageByteSize) {
        return new AnonymousSource(LinuxMemory.INSTANCE, pages, pageByteSize, MemoryPolicy.DEFAULT, new long[0]);
    }

    /**
     * Memory of the running system, spread over the given nodes.
     *
     * @param policy one that takes nodes
     */
    public static AnonymousSource over(List<Integer> nodes, NodePolicy policy, Pages pages, long pageByteSize) {
        NodeMask mask = NodeMask.of(policy, nodes);
        return new AnonymousSource(LinuxMemory.INSTANCE, pages, pageByteSize, mask.mode(), mask.words());
    }

    /**
     * @param pageByteSize the hugetlb or transparent huge page size; ignored for base pages
     * @param policyMode a mode of {@link MemoryPolicy}; with {@link MemoryPolicy#DEFAULT} nothing is bound
     */
    AnonymousSource(VirtualMemory memory, Pages pages, long pageByteSize, int policyMode, long[] nodeMask) {
        this.memory = memory;
        this.pages = pages;
        this.granularityByteSize = pages == Pages.BASE || pages == Pages.BASE_ONLY ? PageSize.BYTES : pageByteSize;
        this.policyMode = policyMode;
        this.nodeMask = nodeMask.clone();
    }

    @Override
    public long map(long byteSize, long byteAlignment) {
        long alignment = Math.max(byteAlignment, granularityByteSize);
        int flags = pages == Pages.HUGETLB ? MapFlags.hugetlb(granularityByteSize) : 0;
        long address = AlignedMapping.map(memory, byteSize, alignment, flags);
        if (address <= 0) {
            throw refused("mmap", byteSize, (int) -address);
        }
        prepare(address, byteSize);
        return address;
    }

    /* Policy before the first touch; pages after it. */
    private void prepare(long address, long byteSize) {
        if (policyMode != MemoryPolicy.DEFAULT) {
            undoUnless(bindCall(), memory.bind(address, byteSize, policyMode, nodeMask), address, byteSize);
        }
        if (pages == Pages.TRANSPARENT_HUGE || pages == Pages.BASE_ONLY) {
            boolean huge = pages == Pages.TRANSPARENT_HUGE;
            int result = memory.advise(address, byteSize, huge ? Advice.HUGEPAGE : Advice.NOHUGEPAGE);
            /* EINVAL: a kernel without transparent huge pages. The memory is as good without them. */
            undoUnless("madvise", result == -Errno.EINVAL ? 0 : result, address, byteSize);
        } else if (pages == Pages.HUGETLB) {
            /*
             * A pool that is short on the allowed nodes shows at the first touch, as SIGBUS. Populating turns that into
             * an error here. EINVAL: Linux before 5.14.
             */
            int result = memory.advise(address, byteSize, Advice.POPULATE_WRITE);
            undoUnless("madvise", result == -Errno.EINVAL ? 0 : result, address, byteSize);
        }
    }

    private String bindCall() {
        return switch (policyMode) {
            case MemoryPolicy.PREFERRED_MANY -> "mbind with MPOL_PREFERRED_MANY (Linux 5.15)";
            case MemoryPolicy.WEIGHTED_INTERLEAVE -> "mbind with MPOL_WEIGHTED_INTERLEAVE (Linux 6.9)";
            default -> "mbind";
        };
    }

    private void undoUnless(String call, int result, long address, long byteSize) {
        if (result < 0) {
            memory.unmap(address, byteSize);
            throw refused(call, byteSize, -result);
        }
    }

    /* ENOMEM: mmap(2) cannot reserve so many. EFAULT: MADV_POPULATE_WRITE where touching would be SIGBUS, see madvise(2). */
    private ExtentUnavailableException refused(String call, long byteSize, int errno) {
        if (pages != Pages.HUGETLB || (errno != Errno.ENOMEM && errno != Errno.EFAULT)) {
            return ExtentUnavailableException.ofCall(call, byteSize, errno);
        }
        String pool = "hugepages-" + granularityByteSize / 1024 + "kB";
        return ExtentUnavailableException.ofCall(
                call,
                byteSize,
                errno,
                "too few free huge pages; see free_hugepages, and raise nr_hugepages, in "
                        + (policyMode == MemoryPolicy.DEFAULT
                                ? "/sys/kernel/mm/hugepages/" + pool
                                : "/sys/devices/system/node/node*/hugepages/" + pool + " of its nodes"));
    }

    @Override
    public boolean unmap(long address, long byteSize) {
        return memory.unmap(address, byteSize) == 0;
    }

    @Override
    public boolean vacate(long address, long byteSize) {
        return memory.replaceByZeros(address, byteSize) > 0;
    }

    @Override
    public Purged purge(long address, long byteSize) {
        if (pages == Pages.HUGETLB) {
            /* MADV_DONTNEED would give up the reservation too and the next touch could be SIGBUS; see map. */
            return unmap(address, byteSize) ? Purged.UNMAPPED : Purged.FAILED;
        }
        return memory.advise(address, byteSize, Advice.DONTNEED) == 0 ? Purged.CLEAN : Purged.FAILED;
    }

    @Override
    public long residentBytes(long address, long byteSize) {
        return Math.max(0, memory.residentBytes(address, byteSize));
    }

    @Override
    public long granularityByteSize() {
        return granularityByteSize;
    }

    @Override
    public long regionByteSize(long neededBytes, long aheadBytes) {
        return pages == Pages.HUGETLB
                ? neededBytes
                : (Math.max(neededBytes, aheadBytes) + granularityByteSize - 1) & -granularityByteSize;
    }
}
