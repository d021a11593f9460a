package io.memkind.topology;

import java.util.OptionalInt;

/**
 * A cache that lies in front of a node's memory and is filled by the hardware ({@code memory_side_cache/indexN};
 * Documentation/admin-guide/mm/numaperf.rst).
 *
 * @param level 1 for the one that is nearest to the memory
 * @param byteSize its size in bytes; 0 if unknown
 * @param lineByteSize size of a line in bytes; 0 if unknown
 * @param indexing 0 if it is mapped directly, else associative
 * @param writePolicy 0 for write-back, else write-through
 */
public record MemorySideCache(
        int level, long byteSize, long lineByteSize, OptionalInt indexing, OptionalInt writePolicy) {}
