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
 * @param unitByteSize size, map and punch files in multiples of this
 */
record FileProbe(boolean syncMapped, boolean punchesHoles, long unitByteSize) {
    /**
     * Tries it, in the first page of the file, which the file keeps.
     *
     * @throws FileRefusedException if the file cannot be sized or mapped at all
     */
    static FileProbe of(VirtualMemory memory, FileStorage storage, BackingFile file, String directory) {
        long unit = unitOf(storage, file);
        long offset = grow(file, unit, directory);
        long address = reserve(memory, unit, directory);
        try {
            boolean sync = storage.mapAt(file.descriptor, offset, address, unit, true) > 0;
            long mapped = sync ? address : storage.mapAt(file.descriptor, offset, address, unit, false);
            if (mapped < 0) {
                throw new FileRefusedException("mmap of a temporary file", directory, (int) -mapped);
            }
            /* Any other failure is for later: only this one says that there will never be holes. */
            int punched = storage.punchHole(file.descriptor, offset, unit);
            return new FileProbe(sync, punched != -Errno.EOPNOTSUPP && punched != -Errno.ENOSYS, unit);
        } finally {
            memory.unmap(address, unit);
        }
    }

    /** Why the directory is not DAX, as an error number of mmap(2); 0 if it is. */
    static int daxErrno(VirtualMemory memory, FileStorage storage, String directory) {
        BackingFile file = BackingFile.open(storage, directory);
        try {
            long unit = unitOf(storage, file);
            long offset = grow(file, unit, directory);
            long address = reserve(memory, unit, directory);
            long mapped = storage.mapAt(file.descriptor, offset, address, unit, true);
            memory.unmap(address, unit);
            return mapped < 0 ? (int) -mapped : 0;
        } finally {
            file.close();
        }
    }

    private static long unitOf(FileStorage storage, BackingFile file) {
        return Math.max(PageSize.BYTES, storage.mappingUnit(file.descriptor));
    }

    private static long grow(BackingFile file, long byteSize, String directory) {
        long offset = file.grow(byteSize);
        if (offset < 0) {
            throw new FileRefusedException("ftruncate of a temporary file", directory, (int) -offset);
        }
        return offset;
    }

    private static long reserve(VirtualMemory memory, long byteSize, String directory) {
        long address = AlignedMapping.map(memory, byteSize, byteSize, MapFlags.NORESERVE);
        if (address <= 0) {
            throw new FileRefusedException("mmap of a page", directory, (int) -address);
        }
        return address;
    }
}
