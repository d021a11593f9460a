package io.memkind;

import io.memkind.internal.heap.Heap;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the statistics say about the library itself. */
final class LibraryVersion {
    private LibraryVersion() {}

    /** As the jar says; a text that says so when there is none. */
    static String text() {
        Class<?> type = LibraryVersion.class;
        @Nullable String ofJar = type.getPackage().getImplementationVersion();
        return Optional.ofNullable(type.getModule().getDescriptor())
                .flatMap(module -> module.rawVersion())
                .orElse(ofJar == null ? "(development build)" : ofJar);
    }

    static long pageBytes() {
        return Heap.pageByteSize();
    }
}
