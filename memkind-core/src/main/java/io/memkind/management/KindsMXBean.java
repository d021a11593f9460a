package io.memkind.management;

import java.util.List;

/**
 * The kinds of this process, for JMX. Every call reads the heaps anew: about a microsecond for each MiB that is mapped. All
 * sizes are in bytes. Thread-safe.
 *
 * <p>With {@code javax.management.JMX.newMXBeanProxy} in the same process or another; tools see open types only, so they
 * need no class of this library.
 */
public interface KindsMXBean {
    /**
     * Name of the bean. Where class loaders have loaded the library more than once into the process, the later beans have
     * the key {@code instance} besides, with the number 2 and so on.
     */
    String OBJECT_NAME = "io.memkind:type=Kinds";

    /** System property that keeps the bean from being registered when it is {@code false} before the first kind is made. */
    String SWITCH_PROPERTY = "io.memkind.management";

    /** System property that has the bean's name once it is registered: how to see from outside whether there is one. */
    String NAME_PROPERTY = "io.memkind.management.name";

    /** {@return the version of the library} */
    String getVersion();

    /** {@return the sum over all kinds that are open} */
    HeapData getTotal();

    /** {@return the kinds that are open, available or not, in the order in which they were made} */
    List<KindData> getKinds();

    /**
     * Gives all memory without a live block in it back to the system, as {@link io.memkind.MemoryKind#trim} does.
     *
     * @param name the name of one kind, or of several
     * @return how many kinds have the name
     * @throws IllegalArgumentException if no open kind has it
     */
    int trim(String name);

    /**
     * Prints the statistics of all kinds, as {@link io.memkind.StatisticsPrinter#print(String)} does.
     *
     * @param options letters as of jemalloc's {@code malloc_stats_print}: J for JSON, others leave something out
     * @return the text
     * @throws IllegalArgumentException if a letter is unknown
     */
    String print(String options);
}
