package io.memkind;

import io.memkind.internal.heap.HeapOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Builds a kind whose memory is a file, see {@link FileKinds}. Not thread-safe. */
public final class FileKindBuilder {
    private final Path directory;
    private String name;
    private long limitBytes = Long.MAX_VALUE;
    private MemoryUsagePolicy policy = MemoryUsagePolicy.DEFAULT;
    private @Nullable Boolean hogMemory;
    private @Nullable KindManager manager;

    FileKindBuilder(Path directory) {
        this.directory = Objects.requireNonNull(directory, "directory");
        FileMemory.requireMappable(directory);
        this.name = "memkind_file:" + directory;
    }

    /**
     * Names the kind in messages and statistics; by default {@code memkind_file:} and the directory.
     *
     * @param name any text that is not blank
     * @return this builder
     * @throws IllegalArgumentException if the name is blank
     */
    public FileKindBuilder name(String name) {
        Requests.checkName(name);
        this.name = name;
        return this;
    }

    /**
     * The most that the file may hold, in bytes: live blocks, the free blocks beside them in slabs, and freed memory that
     * has not gone back yet, which goes back before the limit refuses a request. No limit by default.
     *
     * <p>The rules are those of {@code memkind_create_pmem}: 0 is no limit, else at least {@link FileKinds#MIN_LIMIT_BYTES},
     * rounded up to a multiple of {@link FileKinds#LIMIT_UNIT_BYTES}. Unlike there, a limit so large that it cannot be
     * rounded up is a limit, the largest multiple.
     *
     * @param limitBytes 0, or 16 MiB and more
     * @return this builder
     * @throws IllegalArgumentException if it is negative, or less than 16 MiB but not 0
     */
    public FileKindBuilder limitBytes(long limitBytes) {
        this.limitBytes = FileKinds.roundedLimit(limitBytes);
        return this;
    }

    /**
     * What to do with freed memory.
     *
     * @param policy the policy; {@link MemoryUsagePolicy#DEFAULT} by default
     * @return this builder
     */
    public FileKindBuilder memoryUsagePolicy(MemoryUsagePolicy policy) {
        this.policy = Objects.requireNonNull(policy, "policy");
        return this;
    }

    /**
     * Whether the kind keeps all memory until it is closed. By default as {@code MEMKIND_HOG_MEMORY} says, see {@link
     * io.memkind.settings.Settings#HOG_MEMORY}: no.
     *
     * @param hogMemory true to keep it
     * @return this builder
     */
    public FileKindBuilder hogMemory(boolean hogMemory) {
        this.hogMemory = hogMemory;
        return this;
    }

    /**
     * Who manages the memory of the kind: the library's own heap by default ({@code memkind}), or a {@link
     * io.memkind.spi.HeapManager} that is on the module path or class path, such as {@code TBB}.
     *
     * @param name of the manager, in any case
     * @return this builder
     * @throws IllegalArgumentException if there is none of that name
     * @throws KindUnavailableException if it cannot be used on this machine
     */
    public FileKindBuilder heapManager(String name) {
        this.manager = KindManager.named(name);
        return this;
    }

    /**
     * Creates the file and the kind over it. The file takes no space yet.
     *
     * @return a new kind, to be closed by the caller
     * @throws io.memkind.settings.SettingException if a setting that concerns the kind has a bad value
     * @throws java.io.UncheckedIOException if the file cannot be created in the directory, or not be mapped; names the
     *     directory, the call and its error
     */
    public MemoryKind build() {
        boolean conservative = policy == MemoryUsagePolicy.CONSERVATIVE;
        Duration decay = conservative ? Duration.ZERO : HeapOptions.DEFAULT.decay();
        HeapOptions options = new HeapOptions(limitBytes, decay, KindDefaults.hogMemory(hogMemory), conservative);
        return MemoryKind.build(new FileMemory(directory), name, options, manager);
    }
}
