package io.memkind;

import io.memkind.internal.select.KindSpec;
import io.memkind.internal.select.NodeEnvironment;
import io.memkind.internal.select.Selection;
import io.memkind.internal.select.Selection.Unavailable;
import io.memkind.internal.select.SelectionError;
import io.memkind.measure.MeasuredUse;
import io.memkind.measure.MeasurementStore;
import io.memkind.settings.Settings;
import io.memkind.topology.Topology;

/** The machine that the process runs on, as kinds see it. */
final class RunningMachine {
    private RunningMachine() {}

    /**
     * Reads it anew. Where speeds decide which nodes a kind has, those that were measured stand in for the firmware's as the
     * user says.
     *
     * @throws IllegalArgumentException if the user says it in a way that is not understood
     */
    static Topology read(KindSpec spec) {
        Topology topology = Topology.read();
        return spec.choice().needsSpeeds()
                ? MeasuredUse.configured().applyTo(topology, MeasurementStore.ofUser())
                : topology;
    }

    /** The nodes of a kind here and now, or why it is not available. */
    static Selection select(KindSpec spec) {
        try {
            return NodeEnvironment.select(spec, read(spec), Settings.ofProcess());
        } catch (IllegalArgumentException e) {
            return new Unavailable(SelectionError.ENVIRON, String.valueOf(e.getMessage()), "correct or unset it");
        }
    }
}
