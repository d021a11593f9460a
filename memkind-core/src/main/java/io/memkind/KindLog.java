package io.memkind;

import io.memkind.attribute.NodePolicy;
import io.memkind.internal.log.Log;
import io.memkind.topology.HugePagePool;
import io.memkind.topology.NumaNode;
import io.memkind.topology.Topology;
import java.util.Locale;

/** What the log says about kinds, off the fast paths. */
final class KindLog {
    private KindLog() {}

    /** Has the first allocation logged, if the log wants that. */
    static void follow(MemoryKind kind) {
        if (Log.isDebug()) {
            kind.heap().onFirstAllocation(() -> initialized(kind));
        }
    }

    private static void initialized(MemoryKind kind) {
        Log.debug(() -> "Initializing kind " + kind.name());
        Log.debug(() -> describe(kind.report()));
        if (kind.memory() instanceof NodeMemory memory && memory.spec().pages().isHugetlb()) {
            logHugePages(Topology.read(), kind.pageByteSize());
        }
    }

    private static String describe(KindReport report) {
        StringBuilder text = new StringBuilder(report.name());
        if (report.policy() != NodePolicy.NONE) {
            text.append(": nodes ")
                    .append(report.nodes())
                    .append(", policy ")
                    .append(report.policy().name().toLowerCase(Locale.ROOT));
        } else {
            text.append(": any nodes");
        }
        text.append(", pages of ").append(report.pageByteSize() / 1024).append(" kB");
        report.capacityBytes()
                .ifPresent(bytes -> text.append(", ").append(bytes).append(" bytes of capacity"));
        return text.toString();
    }

    private static void logHugePages(Topology topology, long pageByteSize) {
        HugePagePool all = topology.hugePagePool(pageByteSize);
        String size = "huge pages of " + pageByteSize / 1024 + " kB: ";
        Log.debug(() -> size + all.totalPages() + " set aside, " + all.overcommitPages() + " may be added");
        for (NumaNode node : topology.nodes()) {
            node.hugePagePools().stream()
                    .filter(pool -> pool.pageByteSize() == pageByteSize)
                    .forEach(pool -> Log.debug(() -> size + pool.totalPages() + " set aside on node " + node.id()));
        }
    }

    /** Before a kind is closed. */
    static void closing(MemoryKind kind) {
        Log.debug(() -> "Closing kind " + kind.name()
                + (kind.openArenas().any()
                        ? ", over which arenas are open; their segments read zeros from now on"
                        : ""));
    }
}
