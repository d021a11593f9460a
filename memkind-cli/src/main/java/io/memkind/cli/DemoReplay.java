package io.memkind.cli;

import io.memkind.KindStatistics;
import io.memkind.Kinds;
import io.memkind.MemoryKind;
import io.memkind.SizeClassStatistics;
import io.memkind.cli.replay.AvailableMemory;
import io.memkind.cli.replay.ReplayMemory;
import io.memkind.cli.replay.SequentialPasses;
import io.memkind.cli.text.ByteSizes;
import io.memkind.cli.text.Column;
import io.memkind.cli.text.TextTable;
import io.memkind.cli.trace.Trace;
import io.memkind.cli.trace.TraceException;
import io.memkind.cli.trace.TraceReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/** The part of the demo that replays a recorded program, and shows the heap at four moments of that. */
final class DemoReplay {
    private static final String RESOURCE = "demo.mktrace.gz";
    private static final int SHOWN_SIZE_CLASS_COUNT = 8;
    private static final List<Column> SIZE_CLASS_COLUMNS = List.of(
            Column.right("block size"), Column.right("live blocks"), Column.right("live bytes"), Column.right("slabs"));

    private final PrintWriter out;
    private final PrintWriter err;
    private final Map<String, KindStatistics> moments = new LinkedHashMap<>();
    private List<SizeClassStatistics> sizeClassesAtPeak = List.of();

    DemoReplay(PrintWriter out, PrintWriter err) {
        this.out = out;
        this.err = err;
    }

    void replay() {
        ReplayMemory memory = new ReplayMemory(new AvailableMemory(Path.of("/")));
        Trace trace = read(memory.maxEventCount(false));
        memory.requireFits(trace, Kinds.DEFAULT);
        int eventCount = trace.events().eventCount();
        out.println("The program is ImageMagick's convert: " + eventCount
                + " calls of malloc, calloc, realloc, memalign"
                + " and free, at most " + trace.slotCount() + " objects of " + ByteSizes.text(trace.peakLiveBytes())
                + " live at once.");
        out.flush();
        long startNanos = System.nanoTime();
        try (MemoryKind heap = MemoryKind.builder(Kinds.DEFAULT).build();
                WorkDisplay display = WorkDisplay.start(err, "replaying")) {
            display.progress().expect(eventCount);
            replay(SequentialPasses.verifying(trace, heap, display.progress()), trace, heap);
        }
        double seconds = (System.nanoTime() - startNanos) / 1e9;
        out.println(String.format(
                Locale.ROOT,
                "Replayed in %.1f s. Every byte of every block was written and found unchanged; alignment and zeroing"
                        + " were as asked; no two blocks overlapped.",
                seconds));
    }

    private void replay(SequentialPasses passes, Trace trace, MemoryKind heap) {
        passes.advanceTo(trace.peakEventCount());
        note("at peak", heap);
        sizeClassesAtPeak = heap.statistics().sizeClasses();
        passes.advanceTo(trace.events().eventCount());
        note("at end", heap);
        passes.freeLive();
        note("all freed", heap);
        heap.trim();
        note("after trim", heap);
    }

    private void note(String moment, MemoryKind heap) {
        moments.put(moment, heap.statistics());
    }

    private static Trace read(long maxEventCount) {
        try (InputStream resource = DemoReplay.class.getResourceAsStream(RESOURCE)) {
            if (resource == null) {
                throw new CommandFailure("this build has no " + RESOURCE);
            }
            return new TraceReader(maxEventCount).read(resource, byteCount -> {});
        } catch (TraceException e) {
            throw new CommandFailure(RESOURCE + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw new CommandFailure(RESOURCE + " cannot be read", e);
        }
    }

    void printStatistics() {
        List<Column> columns = Stream.concat(
                        Stream.of(Column.left("bytes")),
                        moments.keySet().stream().map(Column::right))
                .toList();
        List<List<String>> rows = List.of(
                row("allocated", KindStatistics::allocatedBytes),
                row("active", KindStatistics::activeBytes),
                row("dirty", KindStatistics::dirtyBytes),
                row("retained", KindStatistics::retainedBytes),
                row("mapped", KindStatistics::mappedBytes),
                row("resident", KindStatistics::residentBytes));
        TextTable.lines(columns, rows).forEach(out::println);
        out.println();
        out.println("Size classes of small blocks with the most live bytes at peak:");
        TextTable.lines(SIZE_CLASS_COLUMNS, sizeClassRows()).forEach(out::println);
    }

    private List<String> row(String name, ToLongFunction<KindStatistics> byteSize) {
        return Stream.concat(
                        Stream.of(name),
                        moments.values().stream().map(moment -> ByteSizes.text(byteSize.applyAsLong(moment))))
                .toList();
    }

    private List<List<String>> sizeClassRows() {
        return sizeClassesAtPeak.stream()
                .filter(sizeClass -> sizeClass.liveBlocks() > 0)
                .sorted(Comparator.comparingLong(DemoReplay::liveBytes).reversed())
                .limit(SHOWN_SIZE_CLASS_COUNT)
                .map(sizeClass -> List.of(
                        ByteSizes.text(sizeClass.blockByteSize()),
                        Long.toString(sizeClass.liveBlocks()),
                        ByteSizes.text(liveBytes(sizeClass)),
                        Long.toString(sizeClass.slabs())))
                .toList();
    }

    private static long liveBytes(SizeClassStatistics sizeClass) {
        return sizeClass.blockByteSize() * sizeClass.liveBlocks();
    }
}
