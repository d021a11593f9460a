package io.memkind.cli;

import io.memkind.FileKinds;
import io.memkind.FixedKinds;
import io.memkind.KindReport;
import io.memkind.Kinds;
import io.memkind.MemoryKind;
import io.memkind.cli.replay.ReplayMemory;
import io.memkind.cli.replay.step.ReplayException;
import io.memkind.cli.text.ByteSizes;
import io.memkind.cli.trace.Trace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.Supplier;

/** The kind that the user chose to work on: opens fresh heaps over it. */
final class KindChoice implements AutoCloseable {
    private static final String FILE = "file:";
    private static final String FIXED = "fixed:";
    private static final Set<String> IN_MEMORY = Set.of("tmpfs", "ramfs", "hugetlbfs");
    private static final long REGION_ALIGNMENT = 2L << 20;

    private final String name;
    private final Supplier<MemoryKind> heaps;
    private final boolean takesAvailable;
    private final Runnable closing;

    private KindChoice(String name, Supplier<MemoryKind> heaps, boolean takesAvailable, Runnable closing) {
        this.name = name;
        this.heaps = heaps;
        this.takesAvailable = takesAvailable;
        this.closing = closing;
    }

    /**
     * Understands a choice.
     *
     * @param text a static kind, {@code file:DIR[:SIZE]} or {@code fixed:SIZE}
     * @param memory what the machine has
     * @throws IllegalArgumentException if it is none of these
     * @throws CommandFailure if it is one that cannot be had here
     */
    static KindChoice of(String text, ReplayMemory memory) {
        if (text.startsWith(FILE)) {
            return file(text.substring(FILE.length()));
        }
        if (text.startsWith(FIXED)) {
            return fixed(ByteSizes.parse(text.substring(FIXED.length())), memory);
        }
        MemoryKind kind = Kinds.byName(text)
                .orElseThrow(() -> new IllegalArgumentException("unknown kind '" + text + "', known are "
                        + KindNames.all() + ", file:DIR[:SIZE] and fixed:SIZE"));
        KindNames.requireAvailable(kind);
        /* Huge pages that are set aside do not count as available. */
        KindReport report = kind.report();
        boolean isReserved =
                report.pages().isHugetlb() && report.capacityBytes().isPresent();
        return new KindChoice(kind.name(), () -> MemoryKind.builder(kind).build(), !isReserved, () -> {});
    }

    /* What stands behind the last colon is a part of the directory unless it is a size. */
    private static KindChoice file(String text) {
        int colon = text.lastIndexOf(':');
        boolean limited = colon >= 0 && ByteSizes.isSize(text.substring(colon + 1));
        String directoryName = limited ? text.substring(0, colon) : text;
        if (directoryName.isEmpty()) {
            throw new IllegalArgumentException("file:DIR[:SIZE] needs a directory");
        }
        long limitBytes = limited ? ByteSizes.parse(text.substring(colon + 1)) : 0;
        Path directory;
        try {
            directory = Path.of(directoryName);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("file:DIR[:SIZE]: " + e.getMessage(), e);
        }
        Supplier<MemoryKind> heaps = () -> open(directory, limitBytes);
        try (MemoryKind first = heaps.get()) {
            return new KindChoice(first.name(), heaps, isInMemory(directory), () -> {});
        }
    }

    private static MemoryKind open(Path directory, long limitBytes) {
        try {
            return FileKinds.create(directory, limitBytes);
        } catch (UncheckedIOException e) {
            throw new CommandFailure(String.valueOf(e.getMessage()), e);
        }
    }

    private static boolean isInMemory(Path directory) {
        try {
            return IN_MEMORY.contains(Files.getFileStore(directory).type());
        } catch (IOException e) {
            return false; // then the machine's memory is not what limits it, as far as can be told
        }
    }

    private static KindChoice fixed(long byteSize, ReplayMemory memory) {
        if (byteSize < FixedKinds.MIN_BYTE_SIZE) {
            throw new IllegalArgumentException(
                    "fixed:SIZE must be at least " + FixedKinds.MIN_BYTE_SIZE + " bytes, not " + byteSize);
        }
        try {
            memory.requireAvailable(byteSize);
        } catch (ReplayException e) {
            throw new CommandFailure("fixed:SIZE: " + e.getMessage(), e);
        }
        Arena arena = openArena();
        MemorySegment region = arena.allocate(byteSize, REGION_ALIGNMENT);
        return new KindChoice("fixed:" + byteSize, () -> FixedKinds.create(region), false, arena::close);
    }

    @SuppressWarnings("MustBeClosedChecker") // by close
    private static Arena openArena() {
        return Arena.ofShared();
    }

    String name() {
        return name;
    }

    /** A fresh heap, to be closed by the caller. One at a time. */
    MemoryKind open() {
        return heaps.get();
    }

    void requireFits(Trace trace, ReplayMemory memory) {
        try (MemoryKind kind = open()) {
            memory.requireFits(trace, kind, takesAvailable);
        }
    }

    @Override
    public void close() {
        closing.run();
    }
}
