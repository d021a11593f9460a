package io.memkind;

import io.memkind.attribute.NodePolicy;
import io.memkind.internal.extent.PolicyProgram;
import java.io.IOException;
import java.util.List;

/**
 * Native programs, unmodified, whose memory is that of a kind: as numactl(8) does it, under a memory policy of the process
 * (set_mempolicy(2)), which holds for its threads and children too.
 */
public final class NativeProgram {
    private NativeProgram() {}

    /**
     * Replaces this process by a program (execve(2)) whose memory comes from the nodes of a kind. Where these depend on
     * where a thread runs, they are those of the processor that the calling thread runs on now: to choose one, confine the
     * process to it before, by taskset(1) say. Of the calling JVM nothing is left: no shutdown hook runs, and its heaps are
     * gone. The program has the signals blocked that were when the JVM was started, and its open files but for the JVM's own;
     * its soft limit of open files is what the JVM has made of it, which is the hard limit unless it runs with {@code
     * -XX:-MaxFDLimit}. Words that are the end of this process's own command line are passed on byte for byte; others in the
     * encoding of the locale. If this fails, the process is as before.
     *
     * @param kind a kind of base pages; a policy cannot give others
     * @param command the program, which is searched for in {@code PATH} unless it has a slash, and its arguments
     * @throws IllegalArgumentException if the command is empty, or has a text with a NUL in it; or if the kind is not made
     *     of base pages of nodes
     * @throws KindUnavailableException if the kind is not available
     * @throws IOException if the kernel refuses the policy, or the program cannot be started
     */
    public static void exec(MemoryKind kind, List<String> command) throws IOException {
        if (command.isEmpty()) {
            throw new IllegalArgumentException("no program is given");
        }
        for (String word : command) {
            if (word.indexOf('\0') >= 0) {
                throw new IllegalArgumentException("'" + word.replace('\0', '?') + "' has a NUL in it");
            }
        }
        if (!(kind.memory() instanceof NodeMemory memory) || memory.hugePageByteSize() != KindMemory.BASE_PAGE) {
            throw new IllegalArgumentException(kind.name() + " is not made of base pages of nodes, and a memory policy"
                    + " gives no others; use a kind of base pages");
        }
        Availability availability = kind.availability();
        if (!availability.available()) {
            throw new KindUnavailableException(
                    kind.name() + " is not available: " + availability.reason() + "; remedy: " + availability.remedy(),
                    availability);
        }
        NodePolicy policy = memory.spec().policy();
        List<Integer> nodes =
                policy == NodePolicy.NONE ? List.of() : memory.targets().on(PolicyProgram.currentCpu());
        throw new IOException(PolicyProgram.exec(policy, nodes, memory.spec().transparentHugePagesOff(), command));
    }
}
