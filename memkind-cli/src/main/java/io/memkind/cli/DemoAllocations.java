package io.memkind.cli;

import io.memkind.KindExhaustedException;
import io.memkind.Kinds;
import io.memkind.MemoryKind;
import io.memkind.Placement;
import io.memkind.cli.text.ByteSizes;
import io.memkind.cli.text.Column;
import io.memkind.cli.text.OneLine;
import io.memkind.cli.text.TextTable;
import java.io.PrintWriter;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The part of the demo that allocates from each kind. */
final class DemoAllocations {
    private static final long BYTE_SIZE = 4L << 20;
    private static final long HUGE_PAGE_BYTES = 2L << 20;
    private static final List<Column> COLUMNS = List.of(
            Column.left("kind"),
            Column.right("written"),
            Column.left("address"),
            Column.right("resident"),
            Column.left("bytes per node"),
            Column.left("bytes per page size"));

    private final PrintWriter out;
    private final List<List<String>> rows = new ArrayList<>();
    private final List<MemoryKind> unavailable = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();
    private final List<String> failedKinds = new ArrayList<>();

    DemoAllocations(PrintWriter out) {
        this.out = out;
    }

    /** Returns the kinds that are available but gave no memory. */
    List<String> print() {
        for (MemoryKind kind : Kinds.all()) {
            if (kind.availability().available()) {
                allocate(kind);
            } else {
                unavailable.add(kind);
            }
        }
        TextTable.lines(COLUMNS, rows).forEach(out::println);
        failures.forEach(out::println);
        if (!unavailable.isEmpty()) {
            out.println();
            out.println("Not available here:");
            for (MemoryKind kind : unavailable) {
                out.println(kind.name());
                KindNames.printUnavailability(out, kind.availability());
            }
        }
        return failedKinds;
    }

    private void allocate(MemoryKind kind) {
        long pageByteSize = kind.pageByteSize();
        long byteSize = pageByteSize >= HUGE_PAGE_BYTES ? pageByteSize : BYTE_SIZE;
        try {
            MemorySegment segment = kind.allocateUninitialized(byteSize, 64);
            try {
                segment.fill((byte) 1);
                rows.add(cells(kind, segment, kind.placementOf(segment)));
            } finally {
                kind.free(segment);
            }
        } catch (KindExhaustedException e) {
            failures.add(kind.name() + ": " + OneLine.of(Failures.reasonOf(e)));
            failedKinds.add(kind.name());
        }
    }

    private static List<String> cells(MemoryKind kind, MemorySegment segment, Placement placement) {
        return List.of(
                kind.name(),
                ByteSizes.text(segment.byteSize()),
                "0x" + Long.toHexString(segment.address()),
                ByteSizes.text(placement.residentBytes()),
                bytesPer(placement.bytesPerNode(), node -> "node " + node),
                bytesPer(placement.bytesPerPageSize(), ByteSizes::text));
    }

    private static <K> String bytesPer(SortedMap<K, Long> byteSizes, Function<K, String> name) {
        return byteSizes.entrySet().stream()
                .map(entry -> name.apply(entry.getKey()) + ": " + ByteSizes.text(entry.getValue()))
                .collect(Collectors.joining(", "));
    }
}
