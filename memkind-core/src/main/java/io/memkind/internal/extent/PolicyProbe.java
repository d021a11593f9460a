package io.memkind.internal.extent;

import io.memkind.attribute.NodePolicy;
import io.memkind.internal.os.Errno;
import io.memkind.internal.os.LinuxMemory;
import io.memkind.internal.os.PageSize;
import io.memkind.internal.os.VirtualMemory;
import java.util.List;

/** Tries a NUMA policy on a page that nobody needs. */
public final class PolicyProbe {
    /** What came of it. */
    public enum Outcome {
        BOUND,
        /** The kernel does not know the policy, or not with these nodes: EINVAL. */
        UNKNOWN_POLICY,
        /** A filter of system calls is in the way: EPERM. */
        FORBIDDEN,
        /** The kernel has no NUMA: ENOSYS. */
        NO_NUMA
    }

    private PolicyProbe() {}

    /** Of the running kernel. What has nothing to do with the policy, such as a lack of memory, counts as bound. */
    public static Outcome bind(NodePolicy policy, List<Integer> nodes) {
        return bind(LinuxMemory.INSTANCE, policy, nodes);
    }

    static Outcome bind(VirtualMemory memory, NodePolicy policy, List<Integer> nodes) {
        long address = memory.map(PageSize.BYTES, 0);
        if (address <= 0) {
            return Outcome.BOUND;
        }
        NodeMask mask = NodeMask.of(policy, nodes);
        int result = memory.bind(address, PageSize.BYTES, mask.mode(), mask.words());
        memory.unmap(address, PageSize.BYTES);
        return switch (-result) {
            case Errno.EINVAL -> Outcome.UNKNOWN_POLICY;
            case Errno.EPERM -> Outcome.FORBIDDEN;
            case Errno.ENOSYS -> Outcome.NO_NUMA;
            default -> Outcome.BOUND;
        };
    }
}
