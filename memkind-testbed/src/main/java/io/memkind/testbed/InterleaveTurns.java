package io.memkind.testbed;

import io.memkind.Kinds;
import io.memkind.MemoryKind;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.stream.Collectors;

/**
 * Pages of interleaved memory must be on the kind's nodes in turn, each page on the node after that of the page before.
 * Not asked of DAX_KMEM_INTERLEAVE, which does not refuse transparent huge pages: of these each goes to one node.
 */
record InterleaveTurns() implements Scenario {
    private static final String MAYBE_HUGE = "dax_kmem_interleave";
    private static final int PAGES = 256;
    private static final long BLOCK_BYTES = PAGES * Probe.PAGE_BYTES;

    @Override
    public void play(Machine machine, ExpectedRun run, Checks checks) {
        run.kinds().forEach((name, byNode) -> {
            if (KindTraits.ofName(name).interleaves() && !name.equals(MAYBE_HUGE)) {
                byNode.forEach((initiator, expectation) -> {
                    if (expectation instanceof Expectation.OnNodes on) {
                        machine.runOn(initiator);
                        MemoryKind kind = Kinds.byName("memkind_" + name).orElseThrow();
                        checks.expect(
                                name + " from node " + initiator + ", page by page",
                                "nodes " + NodeLists.format(on.pageNodes()) + " in turn",
                                look(kind, on.pageNodes()));
                        kind.trim();
                    }
                });
            }
        });
    }

    private static Optional<String> look(MemoryKind kind, SortedSet<Integer> nodes) {
        MemorySegment block = kind.allocateUninitialized(BLOCK_BYTES, Probe.PAGE_BYTES);
        try {
            Probe.touch(block);
            return mismatch(Kernel.nodesOfPages(block.address(), PAGES), nodes);
        } finally {
            kind.free(block);
        }
    }

    /** Where the first page is, its address decides. */
    static Optional<String> mismatch(int[] nodesOfPages, SortedSet<Integer> nodes) {
        List<Integer> turn = List.copyOf(nodes);
        int first = turn.indexOf(nodesOfPages[0]);
        for (int page = 0; page < nodesOfPages.length; page++) {
            if (first < 0 || nodesOfPages[page] != turn.get((first + page) % turn.size())) {
                return Optional.of("page " + page + " of "
                        + Arrays.stream(nodesOfPages)
                                .limit(page + 8)
                                .skip(Math.max(0, page - 8))
                                .mapToObj(Integer::toString)
                                .collect(Collectors.joining(",", "... ", " ...")));
            }
        }
        return Optional.empty();
    }
}
