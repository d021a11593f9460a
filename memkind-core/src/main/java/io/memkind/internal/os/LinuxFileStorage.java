package io.memkind.internal.os;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** {@link FileStorage} by the system calls of the running kernel. */
public final class LinuxFileStorage implements FileStorage {
    public static final LinuxFileStorage INSTANCE = new LinuxFileStorage();

    /* include/uapi/asm-generic/fcntl.h; O_DIRECTORY, a part of O_TMPFILE, differs on aarch64. */
    private static final int O_RDWR = 02;
    private static final int O_CREAT = 0100;
    private static final int O_EXCL = 0200;
    private static final int O_CLOEXEC = 02000000;
    private static final int O_TMPFILE_ALONE = 020000000;

    private static final int OWNER_ONLY = 0600;
    /* include/uapi/linux/falloc.h: a hole keeps the size of the file. */
    private static final int KEEP_SIZE = 0x01;
    private static final int PUNCH_HOLE = 0x02;
    /* Twelve, and the spare ones. */
    private static final int STATFS_LONGS = 16;
    /* include/uapi/linux/magic.h */
    private static final long HUGETLBFS_MAGIC = 0x958458f6L;
    private static final int ZEROS_BYTE_SIZE = 256 << 10;

    private final MemorySegment zeros = Arena.global().allocate(ZEROS_BYTE_SIZE);

    private LinuxFileStorage() {}

    @Override
    public int openUnnamed(String directory) {
        int tmpfile = O_TMPFILE_ALONE | Platform.current().directoryFlag();
        return FileSyscalls.open(directory, O_RDWR | O_CLOEXEC | O_EXCL | tmpfile, OWNER_ONLY);
    }

    @Override
    public int create(String path) {
        return FileSyscalls.open(path, O_RDWR | O_CLOEXEC | O_EXCL | O_CREAT, OWNER_ONLY);
    }

    @Override
    public int unlink(String path) {
        return FileSyscalls.unlink(path);
    }

    /* Not repeated after EINTR: Linux has closed the descriptor all the same, see close(2). */
    @Override
    public int close(int file) {
        return FileSyscalls.close(file);
    }

    @Override
    public int setByteSize(int file, long byteSize) {
        int result;
        do {
            result = FileSyscalls.ftruncate(file, byteSize);
        } while (result == -Errno.EINTR);
        return result;
    }

    @Override
    public int allocate(int file, long offset, long byteSize) {
        return fallocate(file, 0, offset, byteSize);
    }

    @Override
    public int punchHole(int file, long offset, long byteSize) {
        return fallocate(file, PUNCH_HOLE | KEEP_SIZE, offset, byteSize);
    }

    private static int fallocate(int file, int mode, long offset, long byteSize) {
        int result;
        do {
            result = FileSyscalls.fallocate(file, mode, offset, byteSize);
        } while (result == -Errno.EINTR);
        return result;
    }

    @Override
    public int writeZeros(int file, long offset, long byteSize) {
        long done = 0;
        while (done < byteSize) {
            long wanted = Math.min(ZEROS_BYTE_SIZE, byteSize - done);
            long written = FileSyscalls.pwrite(file, zeros.address(), wanted, offset + done);
            if (written == 0) {
                return -Errno.ENOSPC;
            }
            if (written < 0 && written != -Errno.EINTR) {
                return (int) written;
            }
            done += Math.max(0, written);
        }
        return 0;
    }

    @Override
    public long mapAt(int file, long offset, long address, long byteSize, boolean sync) {
        /* Without a reservation: hugetlbfs would reserve pages for the whole range, holes included. */
        int flags = MapFlags.FIXED
                | MapFlags.NORESERVE
                | (sync ? MapFlags.SHARED_VALIDATE | MapFlags.SYNC : MapFlags.SHARED);
        return Syscalls.mmap(address, byteSize, LinuxMemory.PROT_READ_WRITE, flags, file, offset);
    }

    /* struct statfs on 64-bit Linux is of longs: f_type, f_bsize, f_blocks, …; f_frsize is the tenth. */
    @Override
    public long mappingUnit(int file) {
        try (Arena arena = CallScratch.open()) {
            MemorySegment statfs = arena.allocate(ValueLayout.JAVA_LONG, STATFS_LONGS);
            int result = FileSyscalls.fstatfs(file, statfs);
            if (result < 0) {
                return result;
            }
            boolean huge = (statfs.getAtIndex(ValueLayout.JAVA_LONG, 0) & 0xFFFF_FFFFL) == HUGETLBFS_MAGIC;
            return huge ? statfs.getAtIndex(ValueLayout.JAVA_LONG, 1) : PageSize.BYTES;
        }
    }

    @Override
    public long fileSystemByteSize(int file) {
        try (Arena arena = CallScratch.open()) {
            MemorySegment statfs = arena.allocate(ValueLayout.JAVA_LONG, STATFS_LONGS);
            int result = FileSyscalls.fstatfs(file, statfs);
            if (result < 0) {
                return result;
            }
            long fragment = statfs.getAtIndex(ValueLayout.JAVA_LONG, 9);
            long unit = fragment > 0 ? fragment : statfs.getAtIndex(ValueLayout.JAVA_LONG, 1);
            long blocks = statfs.getAtIndex(ValueLayout.JAVA_LONG, 2);
            return Math.multiplyHigh(blocks, unit) != 0 || blocks * unit < 0 ? 0 : blocks * unit;
        }
    }
}
