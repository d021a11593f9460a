package io.memkind.cli.topology;

import io.memkind.cli.text.ByteSizes;
import io.memkind.cli.text.Column;
import io.memkind.cli.text.NumberRanges;
import io.memkind.cli.text.TextTable;
import io.memkind.topology.AccessAttributes;
import io.memkind.topology.NodeVerdict;
import io.memkind.topology.NumaNode;
import io.memkind.topology.Topology;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Predicate;

/** The table of nodes, a line each, without the columns that no node has anything for. */
final class NodeTable {
    private static final int CPU_CHARS = 22;

    private record Field(Column column, Predicate<NumaNode> known, Function<NumaNode, String> cell) {}

    private NodeTable() {}

    static List<String> lines(Topology topology, List<NodeVerdict> verdicts) {
        List<Field> fields = new ArrayList<>();
        fields.add(new Field(Column.right("node"), node -> true, node -> Integer.toString(node.id())));
        fields.add(new Field(
                Column.left("class"),
                node -> true,
                node -> verdicts.stream()
                        .filter(verdict -> verdict.node() == node.id())
                        .map(verdict -> verdict.nodeClass().label())
                        .findFirst()
                        .orElse("-")));
        fields.add(new Field(Column.left("CPUs"), node -> true, node -> NumberRanges.text(node.cpus(), CPU_CHARS)));
        fields.add(new Field(Column.right("memory"), node -> true, node -> ByteSizes.text(node.totalBytes())));
        fields.add(new Field(Column.right("free"), node -> true, node -> ByteSizes.text(node.freeBytes())));
        fields.add(new Field(Column.right("tier"), node -> node.tier().isPresent(), node -> text(node.tier())));
        fields.add(pair("MiB/s r/w", AccessAttributes::readBandwidthMiBps, AccessAttributes::writeBandwidthMiBps));
        fields.add(pair("ns r/w", AccessAttributes::readLatencyNanos, AccessAttributes::writeLatencyNanos));
        fields.add(new Field(
                Column.right("weight"),
                node -> node.interleaveWeight().isPresent(),
                node -> text(node.interleaveWeight())));
        List<Field> shown = fields.stream()
                .filter(field -> topology.nodes().stream().anyMatch(field.known()))
                .toList();
        return TextTable.lines(
                shown.stream().map(Field::column).toList(),
                topology.nodes().stream()
                        .map(node -> shown.stream()
                                .map(field -> field.cell().apply(node))
                                .toList())
                        .toList());
    }

    private static Field pair(
            String title,
            Function<AccessAttributes, OptionalLong> read,
            Function<AccessAttributes, OptionalLong> write) {
        return new Field(
                Column.right(title),
                node -> value(node, read).isPresent() || value(node, write).isPresent(),
                node -> value(node, read).isEmpty() && value(node, write).isEmpty()
                        ? "-"
                        : text(value(node, read)) + "/" + text(value(node, write)));
    }

    private static OptionalLong value(NumaNode node, Function<AccessAttributes, OptionalLong> attribute) {
        return node.processorAccess().map(attribute).orElse(OptionalLong.empty());
    }

    private static String text(OptionalLong value) {
        return value.isPresent() ? Long.toString(value.getAsLong()) : "-";
    }

    private static String text(OptionalInt value) {
        return value.isPresent() ? Integer.toString(value.getAsInt()) : "-";
    }
}
