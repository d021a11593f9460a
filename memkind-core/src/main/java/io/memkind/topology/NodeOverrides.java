package io.memkind.topology;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

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

    private static final long MAX_THRESHOLD_MIBPS = 0xffff_ffffL; // an unsigned int in the C library

    /** Copies the lists. */
    public NodeOverrides {
        highBandwidthNodes = highBandwidthNodes.map(List::copyOf);
        daxKmemNodes = daxKmemNodes.map(List::copyOf);
    }

    /**
     * Reads the three variables as the C library does.
     *
     * <p>A list of nodes has the forms of {@code numa_parse_nodestring} (numa(3)): numbers and ranges such as
     * {@code 1-3,5}; {@code all}; a {@code !} in front for all but these; a {@code +} in front to count among the nodes
     * that the process may use. An empty value is a list of no nodes, and a threshold of 0.
     *
     * @param environment the variables, as {@link System#getenv()} has them
     * @param topology the machine whose nodes are meant
     * @return what the variables say; {@link #NONE} if none is set
     * @throws IllegalArgumentException if a value has another form, or names a node that the machine does not have or the
     *     process may not use; the message names the variable, the value and what is accepted
     */
    public static NodeOverrides fromEnvironment(Map<String, String> environment, Topology topology) {
        return new NodeOverrides(
                nodes(environment, HBW_NODES_VARIABLE, topology),
                threshold(environment.get(HBW_THRESHOLD_VARIABLE)),
                nodes(environment, DAX_KMEM_NODES_VARIABLE, topology));
    }

    private static Optional<List<Integer>> nodes(Map<String, String> environment, String variable, Topology topology) {
        return Optional.ofNullable(environment.get(variable))
                .map(value -> new NodeString(variable, topology).parse(value));
    }

    private static OptionalLong threshold(@Nullable String value) {
        if (value == null) {
            return OptionalLong.empty();
        }
        OptionalLong number = value.isEmpty() ? OptionalLong.of(0) : Numbers.parse(value);
        if (number.isEmpty() || number.getAsLong() > MAX_THRESHOLD_MIBPS) {
            throw new IllegalArgumentException(HBW_THRESHOLD_VARIABLE + "='" + value
                    + "' is not a bandwidth: set it to MiB/s, a decimal number from 0 to " + MAX_THRESHOLD_MIBPS);
        }
        return number;
    }
}
