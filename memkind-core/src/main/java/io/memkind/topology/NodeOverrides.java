package io.memkind.topology;

import io.memkind.settings.Setting;
import io.memkind.settings.Settings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the user says about the nodes, in place of what the firmware says.
 *
 * @param highBandwidthNodes ids of the high-bandwidth nodes, ascending ({@code MEMKIND_HBW_NODES}); present and empty if the
 *     user says that there are none
 * @param highBandwidthThresholdMiBps the least bandwidth of a high-bandwidth node ({@code MEMKIND_HBW_THRESHOLD})
 * @param daxKmemNodes ids of the nodes of DAX memory, ascending ({@code MEMKIND_DAX_KMEM_NODES})
 */
public record NodeOverrides(
        Optional<List<Integer>> highBandwidthNodes,
        OptionalLong highBandwidthThresholdMiBps,
        Optional<List<Integer>> daxKmemNodes) {
    /** Name of the variable that lists the high-bandwidth nodes. */
    public static final String HBW_NODES_VARIABLE = "MEMKIND_HBW_NODES";

    /** Name of the variable that sets the least bandwidth of a high-bandwidth node, in MiB/s. */
    public static final String HBW_THRESHOLD_VARIABLE = "MEMKIND_HBW_THRESHOLD";

    /** Name of the variable that lists the nodes of DAX memory. */
    public static final String DAX_KMEM_NODES_VARIABLE = "MEMKIND_DAX_KMEM_NODES";

    /** Nothing said. */
    public static final NodeOverrides NONE =
            new NodeOverrides(Optional.empty(), OptionalLong.empty(), Optional.empty());

    /** Copies the lists. */
    public NodeOverrides {
        highBandwidthNodes = highBandwidthNodes.map(List::copyOf);
        daxKmemNodes = daxKmemNodes.map(List::copyOf);
    }

    /**
     * Reads the three variables as the C library does, or the properties that go before them, see {@link Settings}.
     *
     * <p>A list of nodes has the forms of {@code numa_parse_nodestring} (numa(3)): numbers and ranges such as
     * {@code 1-3,5}; {@code all}; a {@code !} in front for all but these; a {@code +} in front to count among the nodes
     * that the process may use. An empty value is a list of no nodes, and a threshold of 0.
     *
     * @param environment variables and properties, as {@link Settings#ofProcess} or {@link System#getenv()} has them
     * @param topology the machine whose nodes are meant
     * @return what the variables say; {@link #NONE} if none is set
     * @throws io.memkind.settings.SettingException if a value has another form, or names a node that the machine does not have or the
     *     process may not use; the message names the variable, the value and what is accepted
     */
    public static NodeOverrides fromEnvironment(Map<String, String> environment, Topology topology) {
        return new NodeOverrides(
                nodes(environment, Settings.HBW_NODES, topology),
                threshold(environment),
                nodes(environment, Settings.DAX_KMEM_NODES, topology));
    }

    private static Optional<List<Integer>> nodes(
            Map<String, String> environment, Setting<?> setting, Topology topology) {
        return setting.given(environment)
                .map(given -> new NodeString(given.name(), setting.acceptedForm(), topology).parse(given.text()));
    }

    private static OptionalLong threshold(Map<String, String> environment) {
        return Settings.HBW_THRESHOLD.given(environment).isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(Settings.HBW_THRESHOLD.value(environment));
    }
}
