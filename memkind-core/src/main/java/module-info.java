/**
 * A heap manager for kinds of memory: choose the memory behind each allocation, get a fast and checked heap over it.
 *
 * <p>Start at {@link io.memkind.Kinds} and {@link io.memkind.MemoryKind}.
 */
module io.memkind {
    requires static transitive org.jspecify;

    exports io.memkind;
    exports io.memkind.attribute;
    exports io.memkind.measure;
    exports io.memkind.topology;
}
