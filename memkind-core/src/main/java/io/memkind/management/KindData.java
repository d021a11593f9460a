package io.memkind.management;

import org.jspecify.annotations.Nullable;

/** A kind, and what it held at one moment. */
public interface KindData extends HeapData {
    /** {@return the kind's name, which others may have too} */
    String getName();

    /** {@return whether the machine can serve the kind} */
    boolean isAvailable();

    /** {@return why it cannot; empty if it can} */
    String getUnavailableReason();

    /** {@return size in bytes of the pages that the kind is made of, or hopes for} */
    long getPageBytes();

    /** {@return the limit in bytes; null if there is none} */
    @Nullable Long getLimitBytes();
}
