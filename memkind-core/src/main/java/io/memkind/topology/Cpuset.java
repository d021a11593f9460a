package io.memkind.topology;

import java.util.List;

/**
 * What a process is confined to (cpusets(7)).
 *
 * @param cgroup path of its control group in the hierarchy of the controller {@code cpuset}, such as {@code /batch/7};
 *     empty if unknown
 * @param cpus the processors it may run on, ascending; empty if unknown
 * @param nodes the nodes it may allocate on, ascending, as the kernel lists them: they need not exist; empty if unknown
 * @param source the file that told the nodes; empty if none did
 */
public record Cpuset(String cgroup, List<Integer> cpus, List<Integer> nodes, String source) {
    /** Not known. */
    public static final Cpuset UNKNOWN = new Cpuset("", List.of(), List.of(), "");

    /** Copies the lists. */
    public Cpuset {
        cpus = List.copyOf(cpus);
        nodes = List.copyOf(nodes);
    }
}
