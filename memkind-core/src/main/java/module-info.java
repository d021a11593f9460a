/**
 * A heap manager for kinds of memory: choose the memory behind each allocation, get a fast and checked heap over it.
 *
 * <p>Start at {@link io.memkind.Kinds} and {@link io.memkind.MemoryKind}.
 */
module io.memkind {
    requires static transitive org.jspecify;
    /* To be observed by Flight Recorder and JMX; the library runs without them. */
    requires static java.management;
    requires static jdk.jfr;

    exports io.memkind;
    exports io.memkind.attribute;
    exports io.memkind.hbw;
    exports io.memkind.management;
    exports io.memkind.measure;
    exports io.memkind.settings;
    exports io.memkind.spi;
    exports io.memkind.tier;
    exports io.memkind.topology;

    uses io.memkind.spi.HeapManager;
}
