package io.memkind.testbed;

import io.memkind.Kinds;
import io.memkind.MemoryKind;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;

/**
 * A thread that has allocated on one node goes to another. From a kind whose nodes depend on where the thread runs, it must
 * get memory of the new node's, once the few blocks are used up that it had at hand; and what it got before stays right.
 */
record MovingThread() implements Scenario {
    private static final int BLOCK_BYTES = 1024;
    private static final int BLOCKS_BEFORE = 100;
    private static final int BLOCKS_AFTER = 300;

    /** What a thread may have at hand: its magazine, and the slabs that it has begun. */
    private static final int MOST_LEFT_BLOCKS = 128;

    @Override
    public void play(Machine machine, ExpectedRun run, Checks checks) {
        run.kinds().forEach((name, byNode) -> {
            KindTraits traits = KindTraits.ofName(name);
            if (traits.mode() == PolicyMode.BIND && traits.hugetlbPageBytes() == 0) {
                Kinds.byName("memkind_" + name).ifPresent(kind -> move(machine, kind, byNode, checks));
            }
        });
    }

    private static void move(Machine machine, MemoryKind kind, SortedMap<Integer, Expectation> byNode, Checks checks) {
        int from = byNode.firstKey();
        int to = byNode.lastKey();
        if (byNode.get(from) instanceof Expectation.OnNodes before
                && byNode.get(to) instanceof Expectation.OnNodes after
                && before.pageNodes().stream().noneMatch(after.pageNodes()::contains)) {
            move(machine, kind, from, before.pageNodes(), to, after.pageNodes(), checks);
        }
    }

    private static void move(
            Machine machine,
            MemoryKind kind,
            int from,
            SortedSet<Integer> nodesBefore,
            int to,
            SortedSet<Integer> nodesAfter,
            Checks checks) {
        String subject = kind.name() + " of a thread that moves from node " + from + " to " + to;
        List<MemorySegment> before = new ArrayList<>();
        List<MemorySegment> after = new ArrayList<>();
        try {
            machine.runOn(from);
            allocate(kind, BLOCKS_BEFORE, before);
            machine.runOn(to);
            allocate(kind, BLOCKS_AFTER, after);

            List<Integer> nodes = after.stream().map(MovingThread::nodeOf).toList();
            int left = (int) nodes.stream().takeWhile(nodesBefore::contains).count();
            checks.expectTrue(
                    subject, "at most " + MOST_LEFT_BLOCKS + " blocks of old nodes", left <= MOST_LEFT_BLOCKS, left);
            checks.expectTrue(
                    subject + ", then",
                    "nodes " + NodeLists.format(nodesAfter),
                    nodesAfter.containsAll(nodes.subList(left, nodes.size())),
                    "nodes "
                            + nodes.subList(left, nodes.size()).stream()
                                    .distinct()
                                    .toList());
            for (MemorySegment block : List.of(before.getFirst(), after.getLast())) {
                var check = kind.verify(block);
                checks.expectTrue(subject + ": verify", "true", check.holds(), check);
            }
        } finally {
            before.forEach(kind::free);
            after.forEach(kind::free);
            kind.trim();
        }
    }

    private static void allocate(MemoryKind kind, int count, List<MemorySegment> blocks) {
        for (int i = 0; i < count; i++) {
            MemorySegment block = kind.allocateUninitialized(BLOCK_BYTES);
            blocks.add(block);
            block.set(ValueLayout.JAVA_BYTE, 0, (byte) 1);
        }
    }

    private static int nodeOf(MemorySegment block) {
        return Kernel.nodesOfPages(block.address(), 1)[0];
    }
}
