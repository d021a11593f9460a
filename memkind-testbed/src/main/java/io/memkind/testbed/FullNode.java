package io.memkind.testbed;

import java.io.IOException;
import java.util.SortedSet;

/**
 * A program needs more memory than the kind's node has, and less than the machine has. Under a policy that binds, the kernel
 * must end it; under one that prefers, it must get what it needs.
 *
 * @param boundName a kind that binds, without {@code memkind_}
 * @param preferredName a kind that prefers the same node
 */
record FullNode(String boundName, String preferredName) implements Scenario {
    private static final long EXCESS_BYTES = 64L << 20;
    private static final int KILLED = 128 + 9;

    @Override
    public void play(Machine machine, ExpectedRun run, Checks checks) throws IOException, InterruptedException {
        int initiator = machine.facts().initiators().first();
        if (!(run.expectation(boundName, initiator) instanceof Expectation.OnNodes on)) {
            throw new IllegalArgumentException("full-node: the run has no nodes for " + boundName);
        }
        machine.runOn(initiator);
        long needBytes = capacityBytes(machine, on.policyNodes()) + EXCESS_BYTES;
        checks.expectEqual(
                boundName + ": status of a program that needs " + (needBytes >> 20) + " MiB",
                KILLED,
                need(boundName, needBytes));
        checks.expectEqual(preferredName + ": status of the same program", 0, need(preferredName, needBytes));
    }

    private static long capacityBytes(Machine machine, SortedSet<Integer> nodes) {
        return nodes.stream()
                .mapToLong(node -> machine.facts().totalBytes().getOrDefault(node, 0L))
                .sum();
    }

    /* tail keeps all of it. It is to be the one that the kernel picks, not a JVM: proc(5), oom_score_adj. */
    private static int need(String kindName, long bytes) throws IOException, InterruptedException {
        return Programs.exec(
                        kindName,
                        "sh",
                        "-c",
                        "echo 1000 >/proc/self/oom_score_adj; head -c " + bytes + " /dev/zero | tail -c " + bytes
                                + " >/dev/null")
                .status();
    }
}
