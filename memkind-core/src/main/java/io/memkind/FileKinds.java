package io.memkind;

import io.memkind.internal.extent.FileRefusedException;
import io.memkind.internal.extent.FileSource;
import java.nio.file.Path;
import java.util.Objects;

/**
 * Kinds whose memory is a file: on a disk, in {@code /dev/shm}, on persistent memory. What {@code memkind_create_pmem} gave.
 *
 * <p>Each kind has a temporary file of its own, which has no name, so that the space goes back to the file system when the
 * kind is closed, live blocks included, or when the process ends in whatever way. Nothing is persistent, and nobody else can
 * open it. The file grows on demand.
 *
 * <p><b>Space is reserved before it is used</b> (fallocate(2), or by writing zeros where the file system lacks that), so
 * a full file system, a quota or RLIMIT_FSIZE is a {@link KindExhaustedException} and not a fault on a later store. File
 * systems that copy on write, such as Btrfs and ZFS, cannot promise that for pages that were written already.
 *
 * <p><b>Many kinds</b> can be open at once: each has a file open, and one mapping or more. Tens of thousands may need higher
 * limits of the process, {@code ulimit -n} and {@code sysctl vm.max_map_count}.
 *
 * <p><b>On hugetlbfs</b> the memory is of huge pages, and the space for a block is that of whole ones.
 *
 * <p><b>Space goes back</b> by punching holes as memory is freed, see {@link MemoryUsagePolicy}; a file system without holes
 * keeps the space for reuse by the kind until it is closed.
 *
 * <p>Memory is zeroed and aligned as for every kind; the bookkeeping is in ordinary memory. All methods are thread-safe.
 */
public final class FileKinds {
    /** The smallest limit but 0: 16 MiB, {@code MEMKIND_PMEM_MIN_SIZE}. */
    public static final long MIN_LIMIT_BYTES = 16L << 20;

    /** Limits are multiples of this: 2 MiB. */
    public static final long LIMIT_UNIT_BYTES = 2L << 20;

    private FileKinds() {}

    /**
     * Begins a kind over a directory.
     *
     * @param directory an existing directory on any file system that can map files
     * @return a builder without a limit, with the default policy
     * @throws IllegalArgumentException if it is not a path of the {@linkplain java.nio.file.FileSystems#getDefault default
     *     file system}
     */
    public static FileKindBuilder builder(Path directory) {
        return new FileKindBuilder(directory);
    }

    /**
     * Creates a kind over a directory, with the default policy.
     *
     * @param directory an existing directory on any file system that can map files
     * @param limitBytes 0 for no limit, else see {@link FileKindBuilder#limitBytes}
     * @return a new kind, to be closed by the caller
     * @throws IllegalArgumentException if the limit is negative, or less than 16 MiB but not 0, or the directory is inside an
     *     archive or the like
     * @throws java.io.UncheckedIOException if the file cannot be created in the directory, or not be mapped
     */
    public static MemoryKind create(Path directory, long limitBytes) {
        return builder(directory).limitBytes(limitBytes).build();
    }

    /* Long.MAX_VALUE means no limit inside. */
    static long roundedLimit(long limitBytes) {
        if (limitBytes == 0) {
            return Long.MAX_VALUE;
        }
        if (limitBytes < MIN_LIMIT_BYTES) {
            throw new IllegalArgumentException("limit " + limitBytes + " is below the least one of a file kind, "
                    + MIN_LIMIT_BYTES + " bytes; 0 is no limit");
        }
        long largest = Long.MAX_VALUE & -LIMIT_UNIT_BYTES;
        return limitBytes > largest ? largest : (limitBytes + LIMIT_UNIT_BYTES - 1) & -LIMIT_UNIT_BYTES;
    }

    /**
     * Whether files in a directory can be mapped with MAP_SYNC, as on persistent memory with DAX: what {@code
     * memkind_check_dax_path} told.
     *
     * @param directory an existing directory
     * @return the answer, with the reason if it is no
     * @throws IllegalArgumentException if it is not a path of the default file system
     * @throws java.io.UncheckedIOException if no file can be created in the directory
     */
    public static Availability checkDaxPath(Path directory) {
        Objects.requireNonNull(directory, "directory");
        try {
            String refusal = FileSource.daxRefusal(FileMemory.systemPath(directory));
            return refusal.isEmpty()
                    ? Availability.YES
                    : Availability.no(
                            ErrorCode.MMAP,
                            directory + " is not on a DAX file system: mmap with MAP_SYNC failed: " + refusal,
                            "mount ext4 or XFS on persistent memory with -o dax");
        } catch (FileRefusedException e) {
            throw FileMemory.refused(directory, e);
        }
    }

    /**
     * Whether the memory of a kind is mapped with MAP_SYNC, because its directory is on a DAX file system.
     *
     * @param kind any kind
     * @return true for a file kind on DAX
     */
    public static boolean isSyncMapped(MemoryKind kind) {
        return kind.memory() instanceof FileMemory files && files.syncMapped();
    }
}
