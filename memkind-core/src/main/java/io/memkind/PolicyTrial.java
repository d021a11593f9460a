package io.memkind;

import io.memkind.attribute.NodePolicy;
import io.memkind.internal.extent.PolicyProbe;
import java.util.List;
import java.util.Optional;

/** Whether the kernel binds memory by a policy, tried on a page: what no file of it tells. */
interface PolicyTrial {
    /** Why it does not; empty if it does. */
    Optional<Availability> run(NodePolicy policy, List<Integer> nodes);

    /** As {@link #run}, on the running kernel. */
    static Optional<Availability> onThisKernel(NodePolicy policy, List<Integer> nodes) {
        return switch (PolicyProbe.bind(policy, nodes)) {
            case BOUND -> Optional.empty();
            case UNKNOWN_POLICY ->
                Optional.of(Availability.no(
                        ErrorCode.MBIND,
                        "the kernel refuses mbind with " + policy + " of nodes " + nodes
                                + ": EINVAL (invalid argument)",
                        policy == NodePolicy.PREFERRED_MANY
                                ? "run Linux 5.15 or newer, or use a kind that binds or prefers one node"
                                : "see that the nodes are allowed to the process, by its cpuset"));
            case FORBIDDEN ->
                Optional.of(Availability.no(
                        ErrorCode.MBIND,
                        "this process may not call mbind: EPERM (operation not permitted)",
                        "allow the system call, in a container by --cap-add=SYS_NICE or a seccomp profile with mbind"));
            case NO_NUMA ->
                Optional.of(Availability.no(
                        ErrorCode.MBIND,
                        "the kernel has no mbind: ENOSYS (function not implemented)",
                        "run a kernel with CONFIG_NUMA, or use memkind_default"));
        };
    }
}
