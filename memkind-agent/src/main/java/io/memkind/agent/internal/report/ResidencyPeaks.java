package io.memkind.agent.internal.report;

import io.memkind.MemoryKind;
import io.memkind.agent.internal.redirect.RedirectTarget;
import java.util.ArrayList;
import java.util.List;

/**
 * The most that each kind of the targets had resident, and how much of that was in huge pages, as far as looks at it tell: most programs
 * have given their memory back when they end.
 */
public final class ResidencyPeaks {
    private static final long PERIOD_MILLIS = 250;
    private static final long SLOWEST_PERIOD_MILLIS = 4000;

    /**
     * One kind at its peak.
     *
     * @param kind the kind
     * @param residentBytes backed by memory
     * @param hugeBytes of these, in pages that are larger than base pages
     */
    record Peak(MemoryKind kind, long residentBytes, long hugeBytes) {}

    private final List<Peak> peaks = new ArrayList<>();

    /**
     * Peaks of nothing yet.
     *
     * @param targets the targets
     */
    public ResidencyPeaks(List<RedirectTarget> targets) {
        for (RedirectTarget target : targets) {
            target.kinds().forEach(kind -> peaks.add(new Peak(kind, 0, 0)));
        }
    }

    /** Looks from time to time, on a daemon thread, less often the longer the program runs. */
    public void follow() {
        Thread.ofPlatform()
                .daemon()
                .name("memkind-residency")
                .inheritInheritableThreadLocals(false)
                .start(() -> {
                    long millis = PERIOD_MILLIS;
                    try {
                        while (true) {
                            Thread.sleep(millis);
                            look();
                            millis = Math.min(SLOWEST_PERIOD_MILLIS, millis + millis / 8);
                        }
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                });
    }

    /** Looks now. Takes milliseconds where there is more than ever before. */
    public synchronized void look() {
        for (int i = 0; i < peaks.size(); i++) {
            MemoryKind kind = peaks.get(i).kind();
            long resident = kind.residentBytes();
            if (resident > peaks.get(i).residentBytes()) {
                long huge = kind.report().pages().isHugetlb() ? resident : kind.transparentHugeBytes();
                peaks.set(i, new Peak(kind, resident, Math.min(huge, resident)));
            }
        }
    }

    /** The peaks of a target, tiers in their order. */
    synchronized List<Peak> of(RedirectTarget target) {
        return peaks.stream()
                .filter(peak -> target.kinds().contains(peak.kind()))
                .toList();
    }
}
