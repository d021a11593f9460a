package io.memkind;

import io.memkind.internal.heap.Heap;
import java.util.Set;

/** Statistics as JSON; the members are documented at {@link StatisticsPrinter}. */
final class StatisticsJson {
    private final Set<StatisticsOption> options;

    private StatisticsJson(Set<StatisticsOption> options) {
        this.options = options;
    }

    static String of(MemkindStatistics statistics, Set<StatisticsOption> options) {
        return new JsonObject()
                .put("memkind", new StatisticsJson(options).content(statistics))
                .toString();
    }

    private boolean has(StatisticsOption omission) {
        return !options.contains(omission);
    }

    private JsonObject content(MemkindStatistics statistics) {
        JsonObject content = new JsonObject();
        if (has(StatisticsOption.OMIT_GENERAL)) {
            content.put("version", Version.current().text()).put("pageBytes", Heap.pageByteSize());
        }
        if (has(StatisticsOption.OMIT_TOTAL)) {
            content.put("total", put(new JsonObject(), statistics.total()));
        }
        if (has(StatisticsOption.OMIT_KINDS)) {
            content.put("kinds", statistics.kinds(), this::kind);
        }
        return content;
    }

    private JsonObject kind(KindSnapshot kind) {
        JsonObject object = new JsonObject()
                .put("name", kind.name())
                .put("pageBytes", kind.pageByteSize())
                .put("limitBytes", kind.limitBytes());
        return put(object, kind.statistics());
    }

    private JsonObject put(JsonObject object, KindStatistics statistics) {
        object.put("allocatedBytes", statistics.allocatedBytes())
                .put("activeBytes", statistics.activeBytes())
                .put("dirtyBytes", statistics.dirtyBytes())
                .put("retainedBytes", statistics.retainedBytes())
                .put("mappedBytes", statistics.mappedBytes())
                .put("residentBytes", statistics.residentBytes())
                .put("largeBlocks", statistics.largeBlocks());
        if (has(StatisticsOption.OMIT_SIZE_CLASSES)) {
            object.put(
                    "sizeClasses",
                    statistics.sizeClasses(),
                    one -> new JsonObject()
                            .put("blockBytes", one.blockByteSize())
                            .put("liveBlocks", one.liveBlocks())
                            .put("slabs", one.slabs()));
        }
        if (has(StatisticsOption.OMIT_LARGE_CLASSES)) {
            object.put(
                    "largeClasses",
                    statistics.largeClasses(),
                    one -> new JsonObject()
                            .put("blockBytes", one.blockByteSize())
                            .put("liveBlocks", one.liveBlocks()));
        }
        if (has(StatisticsOption.OMIT_EXTENTS)) {
            object.put(
                    "extents",
                    statistics.extents(),
                    one -> new JsonObject()
                            .put("state", one.state())
                            .put("count", one.count())
                            .put("bytes", one.byteSize()));
        }
        return object;
    }
}
