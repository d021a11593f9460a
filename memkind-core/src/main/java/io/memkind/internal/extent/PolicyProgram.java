package io.memkind.internal.extent;

import io.memkind.attribute.NodePolicy;
import io.memkind.internal.os.CurrentCpu;
import io.memkind.internal.os.Errno;
import io.memkind.internal.os.ProgramStart;
import java.util.List;
import java.util.Optional;

/** Replaces this process by a program all of whose memory is under a policy. */
public final class PolicyProgram {
    private PolicyProgram() {}

    /** The number of the processor that the calling thread runs on; negative if unknown. */
    public static int currentCpu() {
        return CurrentCpu.get();
    }

    /**
     * Sets the policy of the calling thread. A program that the thread starts inherits it.
     *
     * @return why the kernel refused; empty if it did not
     */
    public static Optional<String> setPolicy(NodePolicy policy, List<Integer> nodes, boolean transparentHugePagesOff) {
        if (policy != NodePolicy.NONE) {
            NodeMask mask = NodeMask.of(policy, nodes);
            int result = ProgramStart.setPolicy(mask.mode(), mask.words());
            if (result < 0) {
                return Optional.of(
                        "set_mempolicy to " + policy + " of nodes " + nodes + " failed: " + Errno.describe(-result));
            }
        }
        if (transparentHugePagesOff) {
            int result = ProgramStart.disableTransparentHugePages();
            if (result < 0) {
                return Optional.of("prctl(PR_SET_THP_DISABLE) failed: " + Errno.describe(-result));
            }
        }
        return Optional.empty();
    }

    /**
     * Starts the program in place of this one.
     *
     * @param command the program and its arguments
     * @return why that failed; does not return else
     */
    public static String exec(List<String> command) {
        return Errno.describe(-ProgramStart.exec(command));
    }
}
