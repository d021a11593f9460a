package io.memkind.agent.internal.report;

import io.memkind.agent.internal.redirect.RedirectTarget;
import io.memkind.agent.internal.redirect.Redirector;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** One line that says how much of the program's memory went where. */
public final class Summary {
    private Summary() {}

    /**
     * The line.
     *
     * @param redirector the counts
     * @param peaks the pages
     * @return a line without an end
     */
    public static String of(Redirector redirector, ResidencyPeaks peaks) {
        List<String> parts = new ArrayList<>();
        parts.add(String.format(Locale.ROOT, "%.1f %% of the bytes redirected", 100 * redirectedShare(redirector)));
        for (RedirectTarget target : redirector.targets()) {
            StringBuilder part =
                    new StringBuilder(target.name() + ": " + target.served().requests() + " allocations, "
                            + target.served().bytes() + " bytes");
            for (ResidencyPeaks.Peak peak : peaks.of(target)) {
                part.append(target.kinds().size() > 1 ? ", " + peak.kind().name() : ",")
                        .append(" peak resident ");
                part.append(ByteText.of(peak.residentBytes()));
                if (peak.residentBytes() > 0) {
                    part.append(String.format(
                            Locale.ROOT, " (%.0f %% in huge pages)", 100.0 * peak.hugeBytes() / peak.residentBytes()));
                }
            }
            if (target.failures() > 0) {
                part.append(", ").append(target.failures()).append(" failed");
            }
            parts.add(part.toString());
        }
        parts.add("jvm: " + redirector.jvmRequests().requests() + " allocations, "
                + redirector.jvmRequests().bytes() + " bytes");
        if (redirector.refusedFrees() > 0) {
            parts.add(redirector.refusedFrees() + " frees refused");
        }
        return String.join("; ", parts);
    }

    /**
     * The part of all bytes asked for that targets served.
     *
     * @param redirector the counts
     * @return 0 to 1; 1 if nothing was asked for
     */
    public static double redirectedShare(Redirector redirector) {
        long redirected = redirector.targets().stream()
                .mapToLong(target -> target.served().bytes())
                .sum();
        long all = redirected + redirector.jvmRequests().bytes();
        return all == 0 ? 1 : (double) redirected / all;
    }
}
