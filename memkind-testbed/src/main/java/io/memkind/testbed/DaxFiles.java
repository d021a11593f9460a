package io.memkind.testbed;

import io.memkind.Availability;
import io.memkind.FileKinds;
import io.memkind.KindExhaustedException;
import io.memkind.MemoryKind;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What a file kind must do in a directory, on a DAX file system or on another. */
record DaxFiles(Path directory, boolean isDax, Checks checks) {
    private static final int BLOCK_BYTES = 1 << 20;
    /* Metadata of the file system that stays when a file is gone. */
    private static final long RESIDUE_BYTES = 4 << 20;

    void check() throws IOException {
        FileStore store = Files.getFileStore(directory);
        long freeBefore = store.getUnallocatedSpace();
        Availability availability = FileKinds.checkDaxPath(directory);
        checks.expectEqual(directory + ", checkDaxPath", isDax, availability.available());
        if (!isDax) {
            checks.expectTrue(
                    directory + ", its reason",
                    "MAP_SYNC and the error",
                    availability.reason().matches(".*MAP_SYNC.*EOPNOTSUPP.*"),
                    availability.reason());
        }
        try (MemoryKind kind = FileKinds.create(directory, 0)) {
            checks.expectEqual(directory + ", isSyncMapped", isDax, FileKinds.isSyncMapped(kind));
            MemorySegment first = kind.allocate(BLOCK_BYTES, 4096);
            first.fill((byte) 1);
            /* "sf": a fault waits for the file's metadata to be durable; Documentation/filesystems/proc.rst. */
            List<String> flags = ProcessMappings.flagsAt(first.address());
            checks.expectTrue(
                    directory + ", VmFlags", isDax ? "with sf" : "without sf", flags.contains("sf") == isDax, flags);
            kind.free(first);
            fill(kind, store);
            kind.trim();
            expectSpace("after trim", freeBefore, store);
            kind.allocate(BLOCK_BYTES, 4096).fill((byte) 2);
        }
        expectSpace("after close", freeBefore, store);
    }

    private void expectSpace(String when, long freeBefore, FileStore store) throws IOException {
        long free = store.getUnallocatedSpace();
        checks.expectTrue(
                directory + ", bytes free " + when, "about " + freeBefore, free > freeBefore - RESIDUE_BYTES, free);
    }

    /* To the last byte, all of it written while the file system is full: a page without space would be SIGBUS. */
    private void fill(MemoryKind kind, FileStore store) throws IOException {
        /* With what is kept for root, which this process is. */
        long free = store.getUnallocatedSpace();
        List<MemorySegment> blocks = new ArrayList<>();
        String refusal = "none";
        try {
            while (blocks.size() <= free / BLOCK_BYTES) {
                blocks.add(kind.allocateUninitialized(BLOCK_BYTES));
            }
        } catch (KindExhaustedException e) {
            refusal = String.valueOf(e.getMessage());
        }
        checks.expectTrue(directory + ", refusal when full", "ENOSPC", refusal.contains("ENOSPC"), refusal);
        long held = (long) blocks.size() * BLOCK_BYTES;
        checks.expectTrue(directory + ", bytes held", "nearly " + free, held > free / 10 * 9, held);
        for (int i = 0; i < blocks.size(); i++) {
            blocks.get(i).fill((byte) i);
        }
        int damaged = 0;
        byte[] pattern = new byte[BLOCK_BYTES];
        for (int i = 0; i < blocks.size(); i++) {
            Arrays.fill(pattern, (byte) i);
            damaged += blocks.get(i).mismatch(MemorySegment.ofArray(pattern)) == -1 ? 0 : 1;
        }
        checks.expectEqual(directory + ", damaged blocks", 0, damaged);
        blocks.forEach(kind::free);
    }
}
