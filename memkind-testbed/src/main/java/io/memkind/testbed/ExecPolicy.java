package io.memkind.testbed;

import java.io.IOException;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The memory policy of a program that {@code memkind exec} starts, in the program's own eyes, must be the kind's for the
 * node that it is started on.
 *
 * @param kindName without {@code memkind_}
 */
record ExecPolicy(String kindName) implements Scenario {
    @Override
    public void play(Machine machine, ExpectedRun run, Checks checks) throws IOException, InterruptedException {
        int initiator = machine.facts().initiators().last();
        if (!(run.expectation(kindName, initiator) instanceof Expectation.OnNodes on)) {
            throw new IllegalArgumentException("exec: the run has no nodes for " + kindName + " from " + initiator);
        }
        machine.runOn(initiator);
        Programs.Ended ended = Programs.exec(kindName, "cat", "/proc/self/numa_maps");
        SortedSet<String> policies = new TreeSet<>();
        ended.output()
                .lines()
                .filter(line -> line.contains(" heap") || line.contains(" stack"))
                .forEach(line -> policies.add(KernelText.policyOf(line)));
        String expected = KernelText.policy(PolicyMode.ofKind(kindName), on.policyNodes());
        checks.expectTrue(
                "memkind exec --kind memkind_" + kindName + " from node " + initiator,
                "heap and stack of the program under " + expected,
                ended.status() == 0 && policies.size() == 1 && policies.first().equals(expected),
                policies.isEmpty() ? ended : policies);
    }
}
