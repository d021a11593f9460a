package io.memkind.internal.jfr;

import org.jspecify.annotations.Nullable;

/**
 * Passes on what tiered memory tells of blocks that moved to another kind, while a recording asks for that. Uses no class of
 * {@code jdk.jfr}, since tiered memory runs without that module.
 */
public final class Migrations {
    /** Who wants to know. Never throws. */
    interface Observer {
        /**
         * A block has moved.
         *
         * @param memory name of the tiered memory
         * @param kind name of the kind that it left
         * @param newKind name of the kind that it is in now
         * @param byteSize its size in bytes now, as asked for
         * @param copiedBytes bytes of content that moved
         */
        void migrated(String memory, String kind, String newKind, long byteSize, long copiedBytes);
    }

    private static volatile @Nullable Observer observer;

    private Migrations() {}

    /** Tells {@code newObserver} from now on; null for nobody. */
    static void observe(@Nullable Observer newObserver) {
        observer = newObserver;
    }

    /** A block of tiered memory has moved from one kind to another, see {@link Observer#migrated}. */
    public static void tell(String memory, String kind, String newKind, long byteSize, long copiedBytes) {
        Observer told = observer;
        if (told != null) {
            told.migrated(memory, kind, newKind, byteSize, copiedBytes);
        }
    }
}
