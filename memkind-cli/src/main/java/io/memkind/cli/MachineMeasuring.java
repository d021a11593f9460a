package io.memkind.cli;

import io.memkind.cli.text.ProgressBar;
import io.memkind.cli.text.Terminal;
import io.memkind.measure.AttributeMeasurement;
import io.memkind.measure.MeasuredAttributes;
import io.memkind.measure.MeasuredPair;
import io.memkind.measure.MeasurementProgress;
import io.memkind.topology.Topology;
import java.io.PrintWriter;
import java.time.Duration;

/** Measures this machine, and tells how far it is: by a bar on a terminal, elsewhere by a line for each pair of nodes. */
final class MachineMeasuring {
    private final PrintWriter err;
    private volatile double fraction;
    private int from = -1;
    private int to = -1;

    MachineMeasuring(PrintWriter err) {
        this.err = err;
    }

    MeasuredAttributes measure(Topology topology, Duration budget) {
        AttributeMeasurement measurement = AttributeMeasurement.of(topology).withTimeBudget(budget);
        MeasuredAttributes measured =
                Terminal.isStandardError() ? withBar(measurement) : run(measurement.withProgress(this::printPair));
        if (!measured.hasValues()) {
            String reason = measured.pairs().stream()
                    .findFirst()
                    .map(MeasuredPair::reason)
                    .orElse("the kernel tells no NUMA node with processors and memory");
            throw new CommandFailure("nothing can be measured: " + reason);
        }
        return measured;
    }

    private MeasuredAttributes withBar(AttributeMeasurement measurement) {
        MeasurementProgress progress = (initiator, target, done) -> fraction = done;
        ProgressBar bar = ProgressBar.start(err, "measuring", () -> fraction, 0);
        try {
            return run(measurement.withProgress(progress));
        } finally {
            bar.close();
        }
    }

    private void printPair(int initiator, int target, double done) {
        if (initiator != from || target != to) {
            err.printf("measuring from node %d to node %d (%.0f %% done)%n", initiator, target, done * 100);
            err.flush();
            from = initiator;
            to = target;
        }
    }

    private static MeasuredAttributes run(AttributeMeasurement measurement) {
        try {
            return measurement.measure();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure("the measurement was interrupted; nothing was stored", e);
        }
    }
}
