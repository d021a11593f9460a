package io.memkind.settings;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All settings, in the order in which they are listed. Thread-safe.
 *
 * <p>{@code JEMK_MALLOC_CONF} of the C library has no counterpart, since there is no jemalloc; that of {@code
 * MEMKIND_MEM_TIERS} and {@code AUTO_HBW_SIZE} and their like belongs to what places allocations of a program that knows
 * nothing of kinds.
 */
public final class Settings {
    private static final long UNSIGNED_INT_MAX = 0xffff_ffffL;

    /* The C library has 4095 arenas for all kinds together. */
    private static final long MOST_ARENAS = 4096;

    /** The high-bandwidth nodes: the text, which {@code NodeOverrides.fromEnvironment} reads. */
    public static final Setting<Optional<String>> HBW_NODES = new Setting<>(
            "MEMKIND_HBW_NODES",
            "io.memkind.hbwNodes",
            "the high-bandwidth nodes",
            SettingForms.nodes(),
            Optional.empty(),
            "found by the processor or the bandwidths that the firmware tells");

    /** The least bandwidth of a high-bandwidth node in MiB/s. */
    public static final Setting<Long> HBW_THRESHOLD = new Setting<>(
            "MEMKIND_HBW_THRESHOLD",
            "io.memkind.hbwThreshold",
            "the least bandwidth of a high-bandwidth node in MiB/s",
            SettingForms.number("a bandwidth", "MiB/s, ", 0, UNSIGNED_INT_MAX),
            204_800L,
            "204800");

    /** The nodes of DAX memory: the text, as of {@link #HBW_NODES}. */
    public static final Setting<Optional<String>> DAX_KMEM_NODES = new Setting<>(
            "MEMKIND_DAX_KMEM_NODES",
            "io.memkind.daxKmemNodes",
            "the nodes of DAX memory",
            SettingForms.nodes(),
            Optional.empty(),
            "those of the DAX devices in system-ram mode");

    /** Whether kinds go by speeds that were measured. */
    public static final Setting<String> MEASURED = new Setting<>(
            "MEMKIND_MEASURED",
            "io.memkind.measured",
            "whether kinds go by speeds that were measured",
            SettingForms.words("ignore", "fallback", "prefer"),
            "fallback",
            "fallback");

    /** How many stripes a kind has for threads without a shard of their own, virtual ones above all. 0 if not given. */
    public static final Setting<Long> ARENA_NUM_PER_KIND = new Setting<>(
            "MEMKIND_ARENA_NUM_PER_KIND",
            "io.memkind.arenaNumPerKind",
            "how many threads without a shard of their own, virtual ones above all, can use a kind at the same time",
            SettingForms.number("a count of arenas", "", 1, MOST_ARENAS),
            0L,
            "two to four times the processors");

    /** Whether kinds keep their memory until they are closed. */
    public static final Setting<Boolean> HOG_MEMORY = new Setting<>(
            "MEMKIND_HOG_MEMORY",
            "io.memkind.hogMemory",
            "whether kinds keep freed memory until they are closed",
            SettingForms.flag(),
            false,
            "0");

    /** The most threads that give memory back in the background; 0 for the default. */
    public static final Setting<Long> BACKGROUND_THREAD_LIMIT = new Setting<>(
            "MEMKIND_BACKGROUND_THREAD_LIMIT",
            "io.memkind.backgroundThreadLimit",
            "the most threads that give memory back in the background; 0 for the default",
            SettingForms.number("a count of threads", "", 0, UNSIGNED_INT_MAX),
            0L,
            "0");

    /** The heap manager, by name. */
    public static final Setting<Optional<String>> HEAP_MANAGER = new Setting<>(
            "MEMKIND_HEAP_MANAGER",
            "io.memkind.heapManager",
            "the heap manager of the static kinds",
            SettingForms.text("the name of a heap manager", "the name of a heap manager"),
            Optional.empty(),
            "the library's own");

    /** Whether the library tells on standard error what it does. */
    public static final Setting<Boolean> DEBUG = new Setting<>(
            "MEMKIND_DEBUG",
            "io.memkind.debug",
            "whether the library tells on standard error what it does",
            SettingForms.flag(),
            false,
            "0");

    /** The file to which the log is appended. */
    public static final Setting<Optional<String>> LOG_FILE = new Setting<>(
            "MEMKIND_LOG_FILE",
            "io.memkind.logFile",
            "the file to which the log is appended",
            SettingForms.text("the name of a file", "a path, in which %p stands for the process id"),
            Optional.empty(),
            "none");

    private static final List<Setting<?>> ALL = List.of(
            HBW_NODES,
            HBW_THRESHOLD,
            DAX_KMEM_NODES,
            MEASURED,
            ARENA_NUM_PER_KIND,
            HOG_MEMORY,
            BACKGROUND_THREAD_LIMIT,
            HEAP_MANAGER,
            DEBUG,
            LOG_FILE);

    private Settings() {}

    /** {@return all settings} */
    public static List<Setting<?>> all() {
        return ALL;
    }

    /**
     * The variables and properties of this process.
     *
     * @return an unmodifiable view: all environment variables, and beside them the system properties {@code io.memkind.…}, as
     *     they are when the view is asked
     */
    public static Map<String, String> ofProcess() {
        return ProcessSettings.INSTANCE;
    }
}
