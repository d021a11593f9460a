package io.memkind.internal.select;

import io.memkind.internal.select.Selection.Unavailable;
import io.memkind.settings.Setting;
import io.memkind.settings.SettingException;
import io.memkind.settings.Settings;
import io.memkind.topology.NodeOverrides;
import io.memkind.topology.Topology;
import io.memkind.topology.XeonPhi;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What the environment says about the nodes of a kind. */
public final class NodeEnvironment {
    private NodeEnvironment() {}

    /**
     * Selects the nodes of a kind, heeding the settings that concern it, and only those: a bad value makes no other kind
     * unavailable.
     *
     * @param spec the kind
     * @param topology the machine
     * @param environment variables and properties, as {@link Settings#ofProcess} has them
     * @return the nodes, or why the kind is not available
     */
    public static Selection select(KindSpec spec, Topology topology, Map<String, String> environment) {
        return refusedOr(spec, topology, environment, overrides -> spec.select(topology, overrides));
    }

    /**
     * As {@link #select}, whether there are pages or not.
     *
     * @param spec the kind
     * @param topology the machine
     * @param environment the variables
     * @return the nodes, or why there are none
     */
    public static Selection selectNodes(KindSpec spec, Topology topology, Map<String, String> environment) {
        return refusedOr(spec, topology, environment, overrides -> spec.choice().select(topology, overrides));
    }

    private interface Selector {
        Selection select(NodeOverrides overrides);
    }

    private static Selection refusedOr(
            KindSpec spec, Topology topology, Map<String, String> environment, Selector selector) {
        NodeOverrides overrides;
        try {
            overrides = overrides(spec.choice(), topology, environment);
        } catch (SettingException e) {
            return new Unavailable(SelectionError.ENVIRON, String.valueOf(e.getMessage()), "correct or unset it");
        }
        return selector.select(overrides);
    }

    /**
     * What the variables that concern a choice say.
     *
     * @param choice how nodes are chosen
     * @param topology the machine
     * @param environment the variables
     * @return what they say
     * @throws SettingException if a value of one of them is bad
     */
    public static NodeOverrides overrides(NodeChoice choice, Topology topology, Map<String, String> environment) {
        Map<String, String> relevant = new HashMap<>();
        if (choice.isHighBandwidth()) {
            /* The threshold is read only where bandwidths are compared, as in the C library. */
            boolean named = copy(Settings.HBW_NODES, environment, relevant);
            if (!named && !XeonPhi.is(topology.processor())) {
                copy(Settings.HBW_THRESHOLD, environment, relevant);
            }
        }
        if (choice.isDaxKmem()) {
            copy(Settings.DAX_KMEM_NODES, environment, relevant);
        }
        return NodeOverrides.fromEnvironment(relevant, topology);
    }

    private static boolean copy(Setting<?> setting, Map<String, String> from, Map<String, String> to) {
        Optional<Setting.Given> given = setting.given(from);
        given.ifPresent(value -> to.put(value.name(), value.text()));
        return given.isPresent();
    }
}
