package io.memkind.cli;

import io.memkind.cli.text.ByteSizes;
import io.memkind.cli.text.Column;
import io.memkind.cli.text.NumberRanges;
import io.memkind.cli.text.TextTable;
import io.memkind.topology.HugePagePool;
import io.memkind.topology.NumaNode;
import io.memkind.topology.Topology;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** The part of the demo about the machine. */
final class DemoMachine {
    private static final List<Column> NODE_COLUMNS =
            List.of(Column.left("node"), Column.left("cpus"), Column.right("memory"), Column.right("free"));
    private static final List<Column> POOL_COLUMNS = List.of(
            Column.left("huge pages"), Column.right("reserved"), Column.right("free"), Column.right("overcommit"));

    private final PrintWriter out;
    private final Path root;

    DemoMachine(PrintWriter out, Path root) {
        this.out = out;
        this.root = root;
    }

    void print() {
        Topology topology = Topology.read(root);
        TextTable.lines(
                        NODE_COLUMNS,
                        topology.nodes().stream().map(DemoMachine::cells).toList())
                .forEach(out::println);
        out.println();
        TextTable.lines(
                        POOL_COLUMNS,
                        topology.hugePagePools().stream()
                                .map(DemoMachine::cells)
                                .toList())
                .forEach(out::println);
        out.println();
        out.println("transparent huge pages: "
                + topology.transparentHugePages().name().toLowerCase(Locale.ROOT));
    }

    private static List<String> cells(NumaNode node) {
        return List.of(
                Integer.toString(node.id()),
                NumberRanges.text(node.cpus()),
                ByteSizes.text(node.totalBytes()),
                ByteSizes.text(node.freeBytes()));
    }

    private static List<String> cells(HugePagePool pool) {
        return List.of(
                ByteSizes.text(pool.pageByteSize()),
                Long.toString(pool.totalPages()),
                Long.toString(pool.freePages()),
                Long.toString(pool.overcommitPages()));
    }
}
