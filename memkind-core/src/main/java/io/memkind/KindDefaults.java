package io.memkind;

import io.memkind.internal.extent.ExtentSources;
import io.memkind.internal.extent.ExtentUnavailableException;
import io.memkind.internal.extent.NodePlaces;
import io.memkind.internal.heap.HeapOptions;
import io.memkind.internal.select.KindSpec;
import io.memkind.internal.select.StaticKind;
import io.memkind.settings.SettingException;
import io.memkind.settings.Settings;
import io.memkind.topology.Topology;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** What settings say about kinds that do not say it themselves. */
final class KindDefaults {
    private KindDefaults() {}

    /**
     * Whether a kind that was built keeps its memory.
     *
     * @param chosen what its builder was told; null for nothing
     * @throws SettingException if nothing, and the setting has a bad value
     */
    static boolean hogMemory(@Nullable Boolean chosen) {
        return chosen == null ? Settings.HOG_MEMORY.value() : chosen;
    }

    /* As in the C library, which leaves its default kind to jemalloc. */
    private static boolean heedsHogMemory(KindSpec spec) {
        return !spec.equals(StaticKind.DEFAULT.spec());
    }

    /** The options of a static kind. Never throws, as static kinds are made by a class initializer. */
    static HeapOptions ofStatic(KindSpec spec) {
        HeapOptions usual = HeapOptions.DEFAULT;
        return new HeapOptions(usual.limitBytes(), usual.decay(), heedsHogMemory(spec) && hogMemoryOrFalse());
    }

    private static boolean hogMemoryOrFalse() {
        try {
            return Settings.HOG_MEMORY.value();
        } catch (SettingException e) {
            return false;
        }
    }

    /** The memory of a static kind; one that gives none, and says why, where a setting has a bad value. */
    static KindMemory memoryOfStatic(KindSpec spec) {
        NodeMemory memory = new NodeMemory(spec);
        if (heedsHogMemory(spec)) {
            try {
                Settings.HOG_MEMORY.value();
            } catch (SettingException e) {
                return new RefusedMemory(memory, e);
            }
        }
        return memory;
    }

    private record RefusedMemory(NodeMemory memory, SettingException cause) implements KindMemory {
        @Override
        public ExtentSources sources(long limitBytes) {
            return new NodePlaces(this::refuse, nodes -> {
                throw new IllegalStateException("no memory was to come from nodes " + nodes);
            });
        }

        private <T> T refuse() {
            throw ExtentUnavailableException.because(String.valueOf(cause.getMessage()), 0);
        }

        @Override
        public KindReport report(String kindName) {
            return new KindReport(
                    kindName,
                    Availability.no(cause),
                    List.of(),
                    Collections.emptySortedMap(),
                    memory.spec().policy(),
                    memory.spec().pages(),
                    pageByteSize(),
                    OptionalLong.empty());
        }

        @Override
        public KindReport report(String kindName, Topology topology, Map<String, String> environment) {
            return memory.report(kindName, topology, environment);
        }

        @Override
        public long hugePageByteSize() {
            return memory.hugePageByteSize();
        }

        @Override
        public KindMemory forBuiltKinds() {
            return memory;
        }
    }
}
