package io.memkind.cli;

import io.memkind.Availability;
import io.memkind.Kinds;
import io.memkind.MemoryKind;
import java.io.PrintWriter;
import java.util.stream.Collectors;

/** Kinds as the user names them. */
final class KindNames {
    private KindNames() {}

    /** For the line about a name that is none. */
    static String all() {
        return Kinds.all().stream().map(MemoryKind::name).collect(Collectors.joining(", "));
    }

    static void requireAvailable(MemoryKind kind) {
        Availability availability = kind.availability();
        if (!availability.available()) {
            String remedy = availability.remedy().isEmpty() ? "" : "; remedy: " + availability.remedy();
            throw new CommandFailure(kind.name() + " is not available: " + availability.reason() + remedy);
        }
    }

    static void printUnavailability(PrintWriter out, Availability availability) {
        if (!availability.available()) {
            out.println("    reason: " + availability.reason());
            if (!availability.remedy().isEmpty()) {
                out.println("    remedy: " + availability.remedy());
            }
        }
    }
}
