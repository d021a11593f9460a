package io.memkind.internal.os;

/**
 * The file system calls behind memory that is mapped from files, as an interface so that tests can make any of them fail.
 *
 * <p>Every method returns what the call returned, or {@code -errno} (a value in -4095..-1) when it failed; none throws. A
 * call that a signal interrupts is made again. Offsets and sizes are in bytes, and multiples of the OS page size.
 */
public interface FileStorage {
    /**
     * open(2) with O_TMPFILE: a file without a name, that nobody can give one, readable and writable by its owner only.
     *
     * @return its descriptor, which a child process does not inherit; or -errno: EOPNOTSUPP where the file system has no such
     *     files, EISDIR on kernels before 3.11
     */
    int openUnnamed(String directory);

    /** open(2) of a file that must not exist yet, otherwise as {@link #openUnnamed}. */
    int create(String path);

    /** unlink(2). */
    int unlink(String path);

    /** close(2). */
    int close(int file);

    /** ftruncate(2). */
    int setByteSize(int file, long byteSize);

    /** fallocate(2): reserves space, so that a later write or store cannot find the file system full. */
    int allocate(int file, long offset, long byteSize);

    /** fallocate(2) with FALLOC_FL_PUNCH_HOLE: gives the space back; the range reads as zero. */
    int punchHole(int file, long offset, long byteSize);

    /** pwrite(2) of zeros, all of them. After a failure some may be written. */
    int writeZeros(int file, long offset, long byteSize);

    /**
     * mmap(2) of a range of the file, shared, readable and writable, in place of whatever is mapped at the address.
     *
     * @param sync with MAP_SYNC, which only DAX files have: EOPNOTSUPP for others
     * @return the address, or -errno
     */
    long mapAt(int file, long offset, long address, long byteSize, boolean sync);

    /**
     * fstatfs(2): the unit in which the file can be sized, mapped and punched: the size of its huge pages on hugetlbfs, else
     * that of the OS page; or -errno.
     */
    long mappingUnit(int file);

    /** fstatfs(2): the size of the file system that the file is on, 0 if it does not tell, or -errno. */
    long fileSystemByteSize(int file);
}
