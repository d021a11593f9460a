package io.memkind.internal.os;

/** The advice values of madvise(2) in use; the same on x86-64 and aarch64 (asm-generic/mman-common.h). */
public enum Advice {
    /** Reads no pages of a file ahead of the ones that are touched. */
    RANDOM(1),
    /** Gives the pages back; private anonymous memory reads as zero afterwards. */
    DONTNEED(4),
    /** Asks for transparent huge pages. */
    HUGEPAGE(14),
    /** Forbids transparent huge pages. */
    NOHUGEPAGE(15),
    /** Faults all pages in, writable, and reports a shortage as an error instead of a later SIGBUS (Linux 5.14). */
    POPULATE_WRITE(23);

    final int value;

    Advice(int value) {
        this.value = value;
    }
}
