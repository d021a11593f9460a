package io.memkind.internal.extent;

import io.memkind.internal.os.Errno;
import io.memkind.internal.os.FileStorage;
import io.memkind.internal.os.MapFlags;
import io.memkind.internal.os.PageSize;
import io.memkind.internal.os.VirtualMemory;

/**
 * What the file system of a new file can do.
 *
 * @param syncMapped map with MAP_SYNC: it is DAX
 * @param punchesHoles give space back
 */
record FileProbe(boolean syncMapped, boolean punchesHoles) {
    /**
     * Tries it, in the first page of the file.
     *
     * @throws FileRefusedException if the file cannot be sized or mapped at all
     */
    static FileProbe of(VirtualMemory memory, FileStorage storage, BackingFile file, String directory) {
        long offset = growByAPage(file, directory);
        long address = reserveAPage(memory, directory);
        try {
            boolean sync = storage.mapAt(file.descriptor, offset, address, PageSize.BYTES, true) > 0;
            long mapped = sync ? address : storage.mapAt(file.descriptor, offset, address, PageSize.BYTES, false);
            if (mapped < 0) {
                throw new FileRefusedException("mmap of a temporary file", directory, (int) -mapped);
            }
            /* Any other failure is for later: only this one says that there will never be holes. */
            int punched = storage.punchHole(file.descriptor, offset, PageSize.BYTES);
            return new FileProbe(sync, punched != -Errno.EOPNOTSUPP && punched != -Errno.ENOSYS);
        } finally {
            memory.unmap(address, PageSize.BYTES);
        }
    }

    /** Why the directory is not DAX, as an error number of mmap(2); 0 if it is. */
    static int daxErrno(VirtualMemory memory, FileStorage storage, String directory) {
        BackingFile file = BackingFile.open(storage, directory);
        try {
            long offset = growByAPage(file, directory);
            long address = reserveAPage(memory, directory);
            long mapped = storage.mapAt(file.descriptor, offset, address, PageSize.BYTES, true);
            memory.unmap(address, PageSize.BYTES);
            return mapped < 0 ? (int) -mapped : 0;
        } finally {
            file.close();
        }
    }

    private static long growByAPage(BackingFile file, String directory) {
        long offset = file.grow(PageSize.BYTES);
        if (offset < 0) {
            throw new FileRefusedException("ftruncate of a temporary file", directory, (int) -offset);
        }
        return offset;
    }

    private static long reserveAPage(VirtualMemory memory, String directory) {
        long address = memory.map(PageSize.BYTES, MapFlags.NORESERVE);
        if (address <= 0) {
            throw new FileRefusedException("mmap of a page", directory, (int) -address);
        }
        return address;
    }
}
