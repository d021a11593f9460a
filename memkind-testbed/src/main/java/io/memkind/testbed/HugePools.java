package io.memkind.testbed;

import io.memkind.KindExhaustedException;
import io.memkind.Kinds;
import io.memkind.MemoryKind;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/**
 * A bound kind of huge pages must give out every page of its nodes' pools and then be exhausted, saying so, without having
 * touched the pools of other nodes; and the pages must go back when the kind is closed.
 */
record HugePools() implements Scenario {
    @Override
    public void play(Machine machine, ExpectedRun run, Checks checks) throws IOException {
        for (var kind : run.kinds().entrySet()) {
            KindTraits traits = KindTraits.ofName(kind.getKey());
            if (traits.hugetlbPageBytes() > 0 && traits.mode() == PolicyMode.BIND) {
                for (var entry : kind.getValue().entrySet()) {
                    if (entry.getValue() instanceof Expectation.OnNodes on) {
                        machine.runOn(entry.getKey());
                        empty(
                                machine,
                                kind.getKey(),
                                traits.hugetlbPageBytes(),
                                entry.getKey(),
                                on.policyNodes(),
                                checks);
                    }
                }
            }
        }
    }

    private static void empty(
            Machine machine, String name, long pageBytes, int initiator, SortedSet<Integer> nodes, Checks checks)
            throws IOException {
        SortedMap<Integer, Long> before = machine.freeHugePages(pageBytes);
        SortedMap<Integer, Long> expected = new TreeMap<>(before);
        expected.replaceAll((node, free) -> nodes.contains(node) ? 0L : free);
        long inReach =
                nodes.stream().mapToLong(node -> before.getOrDefault(node, 0L)).sum();
        String subject = name + " from node " + initiator;

        try (MemoryKind kind = MemoryKind.builder(
                        Kinds.byName("memkind_" + name).orElseThrow())
                .name("all_of_" + name)
                .build()) {
            long pages = 0;
            Optional<String> exhausted = Optional.empty();
            while (exhausted.isEmpty() && pages <= inReach) {
                try {
                    kind.malloc(pageBytes);
                    pages++;
                } catch (KindExhaustedException e) {
                    exhausted = Optional.of(String.valueOf(e.getMessage()));
                }
            }
            String message = exhausted.orElse("no exception");
            checks.expectEqual(subject + ", pages until it is exhausted", inReach, pages);
            checks.expectEqual(subject + ", free pages by node then", expected, machine.freeHugePages(pageBytes));
            checks.expectTrue(
                    subject + ", exhausted",
                    "a message with the kind and the cause",
                    message.contains("all_of_" + name) && message.contains("huge"),
                    message);
        }
        Map<Integer, Long> after = machine.freeHugePages(pageBytes);
        checks.expectEqual(subject + ", free pages after it is closed", before, after);
    }
}
