package io.memkind.internal.select;

import io.memkind.internal.select.Selection.Unavailable;
import io.memkind.topology.TransparentHugePages;
import java.util.Optional;

/** Whether memory that asks for transparent huge pages can get any. */
final class TransparentHugePageCheck {
    private static final String FILE = "/sys/kernel/mm/transparent_hugepage/enabled";

    private TransparentHugePageCheck() {}

    static Optional<Unavailable> check(TransparentHugePages mode) {
        return switch (mode) {
            case ALWAYS, MADVISE -> Optional.empty();
            case NEVER ->
                Optional.of(new Unavailable(
                        SelectionError.UNAVAILABLE,
                        "transparent huge pages are switched off: " + FILE + " is never",
                        "echo madvise > " + FILE));
            case UNKNOWN ->
                Optional.of(new Unavailable(
                        SelectionError.UNAVAILABLE,
                        "the kernel has no " + FILE,
                        "run a kernel with CONFIG_TRANSPARENT_HUGEPAGE"));
        };
    }
}
