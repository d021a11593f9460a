package io.memkind;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What a kind is on this machine, for the texts of errors: a program that falls back to other memory may see many of them. */
final class RecentReport {
    private static final long KEPT_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private record Entry(KindReport report, long untilNanos) {}

    private volatile @Nullable Entry last;

    KindReport of(MemoryKind kind) {
        Entry entry = last;
        long now = System.nanoTime();
        if (entry == null || now - entry.untilNanos >= 0) {
            entry = new Entry(kind.report(), now + KEPT_NANOS);
            last = entry;
        }
        return entry.report;
    }
}
