package io.memkind.internal.extent;

import io.memkind.internal.os.Advice;
import io.memkind.internal.os.Errno;
import io.memkind.internal.os.FileStorage;
import io.memkind.internal.os.LinuxFileStorage;
import io.memkind.internal.os.LinuxMemory;
import io.memkind.internal.os.MapFlags;
import io.memkind.internal.os.RawMemory;
import io.memkind.internal.os.VirtualMemory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Memory of unnamed temporary files in a directory, mapped shared. */
public final class FileSource implements ExtentSource {
    /*
     * A region is mapped over a hole of the file, which costs address space only. commit reserves the space of a range
     * before it is used, so that a store never finds the file system full; purge punches the hole again and leaves the
     * mapping alone. Space is thus fungible by the page however the addresses are fragmented, and a region stays one
     * mapping of the process, of which vm.max_map_count allows few.
     *
     * Where holes cannot be punched, the space stays with its range. Without a limit, purge fails, and the pool uses what is
     * dirty before it commits more. With a limit, the source is confined to regions of that size in all, one if possible:
     * purge does nothing, so that the pool may merge ranges with and without space, and commit writes zeros over either.
     *
     * A file that may not grow any more (EFBIG: RLIMIT_FSIZE, or the file system's limit) is followed by another one.
     */
    private static final long ALWAYS_TRIED_BYTES = 1L << 30;
    private static final long MOST_ROOM_TO_GROW_BYTES = 64L << 20;
    /* The page map takes a thousandth of what is mapped from the Java heap. */
    private static final long MOST_CONFINED_REGION_BYTES = 1L << 30;

    private final VirtualMemory memory;
    private final FileStorage storage;
    private final String directory;
    private final long limitBytes;
    private final boolean syncMapped;
    private final boolean confined;
    private final long unitByteSize;
    private volatile boolean punchesHoles;
    private volatile boolean allocates = true;
    /* All guarded by regions. */
    private final TreeMap<Long, FileRegion> regions = new TreeMap<>();
    private final List<BackingFile> files = new ArrayList<>();
    private long mappedBytes;
    private boolean confinedRegionRefused;
    private boolean closed;

    /**
     * Opens a file in the directory.
     *
     * @param limitBytes what the pool may have in use or dirty
     * @throws FileRefusedException if it cannot be created there, or not mapped
     */
    public static FileSource open(String directory, long limitBytes) {
        return new FileSource(LinuxMemory.INSTANCE, LinuxFileStorage.INSTANCE, directory, limitBytes);
    }

    FileSource(VirtualMemory memory, FileStorage storage, String directory, long limitBytes) {
        this.memory = memory;
        this.storage = storage;
        this.directory = directory;
        this.limitBytes = limitBytes;
        BackingFile file = BackingFile.open(storage, directory);
        files.add(file);
        try {
            FileProbe probe = FileProbe.of(memory, storage, file, directory);
            syncMapped = probe.syncMapped();
            punchesHoles = probe.punchesHoles();
            unitByteSize = probe.unitByteSize();
            confined = !punchesHoles && limitBytes != Long.MAX_VALUE;
        } catch (FileRefusedException e) {
            file.close();
            throw e;
        }
    }

    /**
     * Why files in the directory cannot be mapped with MAP_SYNC, as an error of mmap(2); empty if they can.
     *
     * @throws FileRefusedException if no file can be created there
     */
    public static String daxRefusal(String directory) {
        int errno = FileProbe.daxErrno(LinuxMemory.INSTANCE, LinuxFileStorage.INSTANCE, directory);
        return errno == 0 ? "" : Errno.describe(errno);
    }

    /** Whether the mappings have MAP_SYNC: the directory is on a DAX file system. */
    public boolean syncMapped() {
        return syncMapped;
    }

    /** Whether purged space goes back to the file system. */
    public boolean punchesHoles() {
        return punchesHoles;
    }

    /** Size of the file system, or 0 if it does not tell or the source is closed. */
    public long fileSystemByteSize() {
        synchronized (regions) {
            return closed ? 0 : Math.max(0, storage.fileSystemByteSize(files.getLast().descriptor));
        }
    }

    @Override
    public long regionByteSize(long neededBytes, long aheadBytes) {
        if (confined) {
            synchronized (regions) {
                long wanted =
                        confinedRegionRefused ? growthByteSize(neededBytes, aheadBytes) : MOST_CONFINED_REGION_BYTES;
                return Math.max(neededBytes, Math.min(wanted, (limitBytes - mappedBytes) & -unitByteSize));
            }
        }
        return growthByteSize(neededBytes, aheadBytes);
    }

    private long growthByteSize(long neededBytes, long aheadBytes) {
        /* As much again behind a large block, so that it may grow where it stands. */
        long wanted =
                neededBytes < aheadBytes ? aheadBytes : neededBytes + Math.min(neededBytes, MOST_ROOM_TO_GROW_BYTES);
        return (wanted + unitByteSize - 1) & -unitByteSize;
    }

    @Override
    public long map(long byteSize, long byteAlignment) {
        synchronized (regions) {
            if (confined && byteSize > limitBytes - mappedBytes) {
                throw ExtentUnavailableException.because(
                        "no free piece of that size is left in " + directory
                                + ", whose file system cannot take space back (no hole punching)",
                        byteSize);
            }
            try {
                requireFits(byteSize);
                return mapNew(byteSize, byteAlignment);
            } catch (ExtentUnavailableException e) {
                confinedRegionRefused = confined;
                throw e;
            }
        }
    }

    private long mapNew(long byteSize, long byteAlignment) {
        long address = reserve(byteSize, byteAlignment);
        try {
            FileRegion region = mapFile(address, byteSize);
            regions.put(address, region);
            mappedBytes += byteSize;
            /* Else the page cache fills holes with pages that nobody asked for. Without it they are only wasted. */
            memory.advise(address, byteSize, Advice.RANDOM);
            return address;
        } catch (ExtentUnavailableException | FileRefusedException e) {
            memory.unmap(address, byteSize);
            throw e instanceof FileRefusedException refused
                    ? ExtentUnavailableException.because(String.valueOf(refused.getMessage()), byteSize)
                    : e;
        }
    }

    /* Address space is plenty, and a hole is free: a request beyond all measure would only fail when much was mapped. */
    private void requireFits(long byteSize) {
        if (byteSize > ALWAYS_TRIED_BYTES) {
            long fileSystemBytes = storage.fileSystemByteSize(files.getLast().descriptor);
            if (fileSystemBytes > 0 && byteSize > fileSystemBytes) {
                throw ExtentUnavailableException.because(
                        "the file system of " + directory + " has " + fileSystemBytes + " bytes in all", byteSize);
            }
        }
    }

    private long reserve(long byteSize, long byteAlignment) {
        long address = AlignedMapping.map(memory, byteSize, Math.max(byteAlignment, unitByteSize), MapFlags.NORESERVE);
        if (address <= 0) {
            throw ExtentUnavailableException.ofCall("mmap", byteSize, (int) -address);
        }
        return address;
    }

    private FileRegion mapFile(long address, long byteSize) {
        BackingFile file = files.getLast();
        long offset = file.grow(byteSize);
        if (offset == -Errno.EFBIG && file.byteSize() > 0) {
            file = BackingFile.open(storage, directory);
            offset = file.grow(byteSize);
            if (offset < 0) {
                file.close();
            } else {
                files.add(file);
            }
        }
        if (offset < 0) {
            throw failed("ftruncate", byteSize, (int) -offset);
        }
        long mapped = storage.mapAt(file.descriptor, offset, address, byteSize, syncMapped);
        if (mapped < 0) {
            throw failed("mmap", byteSize, (int) -mapped);
        }
        return new FileRegion(address, byteSize, file, offset);
    }

    private ExtentUnavailableException failed(String call, long byteSize, int errno) {
        return ExtentUnavailableException.because(
                call + " of " + byteSize + " bytes failed in " + directory + ": " + Errno.describe(errno), byteSize);
    }

    /* Regions that happen to be neighbours are one range to the pool. */
    private List<FileRegion> piecesOf(long address, long byteSize) {
        List<FileRegion> pieces = new ArrayList<>(1);
        synchronized (regions) {
            long at = address;
            while (at < address + byteSize) {
                Map.Entry<Long, FileRegion> entry = regions.floorEntry(at);
                if (entry == null || entry.getValue().end() <= at) {
                    throw new IllegalStateException("0x" + Long.toHexString(at) + " is not mapped");
                }
                FileRegion region = entry.getValue();
                long end = Math.min(address + byteSize, region.end());
                pieces.add(new FileRegion(at, end - at, region.file(), region.offsetOf(at)));
                at = end;
            }
        }
        return pieces;
    }

    @Override
    public void commit(long address, long byteSize) {
        List<FileRegion> pieces = piecesOf(address, byteSize);
        for (int i = 0; i < pieces.size(); i++) {
            int result = commit(pieces.get(i));
            if (result < 0) {
                /* A reservation that failed half-way may have taken some. */
                pieces.subList(0, i + 1).forEach(this::punch);
                throw failed(allocates && !confined ? "fallocate" : "pwrite", byteSize, -result);
            }
        }
    }

    private int commit(FileRegion piece) {
        int file = piece.file().descriptor;
        if (allocates && !confined) {
            int result = storage.allocate(file, piece.offset(), piece.byteSize());
            if (result != -Errno.EOPNOTSUPP && result != -Errno.ENOSYS) {
                return result;
            }
            allocates = false;
        }
        return storage.writeZeros(file, piece.offset(), piece.byteSize());
    }

    private int punch(FileRegion piece) {
        return punchesHoles ? storage.punchHole(piece.file().descriptor, piece.offset(), piece.byteSize()) : 0;
    }

    @Override
    public Purged purge(long address, long byteSize) {
        if (!punchesHoles) {
            return confined ? Purged.CLEAN : Purged.FAILED;
        }
        boolean first = true;
        for (FileRegion piece : piecesOf(address, byteSize)) {
            int result = punch(piece);
            if (result == -Errno.EOPNOTSUPP) {
                punchesHoles = false;
            }
            if (result < 0 && first) {
                return Purged.FAILED;
            }
            if (result < 0) {
                /* What came before it is a hole by now, so the whole is clean: this piece too, but for its space. */
                RawMemory.zero(piece.address(), piece.byteSize());
            }
            first = false;
        }
        return Purged.CLEAN;
    }

    @Override
    public boolean unmap(long address, long byteSize) {
        return forgetIf(memory.unmap(address, byteSize) == 0, address, byteSize);
    }

    @Override
    public boolean vacate(long address, long byteSize) {
        return forgetIf(memory.replaceByZeros(address, byteSize) > 0, address, byteSize);
    }

    private boolean forgetIf(boolean gone, long address, long byteSize) {
        if (gone) {
            synchronized (regions) {
                regions.subMap(address, address + byteSize).clear();
                mappedBytes -= byteSize;
            }
        }
        return gone;
    }

    @Override
    public long residentBytes(long address, long byteSize) {
        return Math.max(0, memory.residentBytes(address, byteSize));
    }

    @Override
    public long granularityByteSize() {
        return unitByteSize;
    }

    /** Closes the files: their space goes back to the file system, whatever is in it. */
    @Override
    public void close() {
        synchronized (regions) {
            if (!closed) {
                closed = true;
                files.forEach(BackingFile::close);
            }
        }
    }
}
