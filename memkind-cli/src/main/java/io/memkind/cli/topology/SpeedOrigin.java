package io.memkind.cli.topology;

import io.memkind.topology.AccessAttributes;
import io.memkind.topology.AttributeOrigin;
import io.memkind.topology.NumaNode;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Says where the bandwidth and the latency of nodes come from. */
final class SpeedOrigin {
    private SpeedOrigin() {}

    /** Of one node, in a word: that of {@code attributesInUse} in JSON. */
    static String label(NumaNode node) {
        return origin(node)
                .map(origin -> origin == AttributeOrigin.MEASURED ? "measured" : "firmware")
                .orElse("none");
    }

    private static Optional<AttributeOrigin> origin(NumaNode node) {
        return node.processorAccess().filter(AccessAttributes::hasValues).map(AccessAttributes::origin);
    }

    private static boolean any(MachineView view, AttributeOrigin origin) {
        return view.used().nodes().stream()
                .anyMatch(node -> origin(node).filter(origin::equals).isPresent());
    }

    /** Of a machine, in a line. */
    static String line(MachineView view) {
        boolean firmware = any(view, AttributeOrigin.FIRMWARE);
        String origin;
        if (any(view, AttributeOrigin.MEASURED)) {
            origin = "measured, by reading alone" + (firmware ? "; where nothing was measured, by the firmware" : "");
        } else if (firmware) {
            origin = "by the firmware"
                    + (view.measured().isPresent() ? "; MEMKIND_MEASURED=prefer takes the measured ones" : "");
        } else if (view.measured().isPresent()) {
            origin = "unknown: the firmware tells none, and the measured ones are not used (MEMKIND_MEASURED=ignore)";
        } else {
            origin = "unknown: the firmware tells none"
                    + (view.captured() ? "" : ", and none were measured (see memkind topology --measure)");
        }
        return "bandwidth and latency: " + origin
                + view.measured()
                        .map(measured ->
                                "; measured at " + measured.measuredAt().truncatedTo(ChronoUnit.SECONDS))
                        .orElse("");
    }
}
