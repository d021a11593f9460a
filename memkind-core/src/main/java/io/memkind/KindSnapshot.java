package io.memkind;

import java.util.OptionalLong;

/**
 * A kind and what it held at one moment.
 *
 * @param name the kind's name, which other kinds may have too
 * @param pageByteSize size in bytes of the pages that it is made of, or hopes for
 * @param limitBytes its limit in bytes; empty if there is none
 * @param statistics what its heap held
 */
public record KindSnapshot(String name, long pageByteSize, OptionalLong limitBytes, KindStatistics statistics) {
    static KindSnapshot of(MemoryKind kind) {
        return new KindSnapshot(kind.name(), kind.pageByteSize(), kind.limitBytes(), kind.statistics());
    }
}
