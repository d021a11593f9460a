package io.memkind.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.memkind.ErrorCode;
import io.memkind.FileKindBuilder;
import io.memkind.FileKinds;
import io.memkind.FixedKinds;
import io.memkind.KindBuilder;
import io.memkind.Kinds;
import io.memkind.Listeners;
import io.memkind.MemoryKind;
import io.memkind.NodeSets;
import io.memkind.RecordAllocator;
import io.memkind.SharedReference;
import io.memkind.StatisticsOption;
import io.memkind.StatisticsPrinter;
import io.memkind.Version;
import io.memkind.hbw.Hbw;
import io.memkind.measure.AttributeMeasurement;
import io.memkind.measure.MeasuredAttributes;
import io.memkind.measure.MeasuredUse;
import io.memkind.measure.MeasurementStore;
import io.memkind.settings.Setting;
import io.memkind.settings.Settings;
import io.memkind.tier.TierBuilder;
import io.memkind.tier.TierPolicy;
import io.memkind.tier.TieredMemory;
import io.memkind.topology.NodeClassifier;
import io.memkind.topology.NodeOverrides;
import io.memkind.topology.ProcessorCaches;
import io.memkind.topology.ProductName;
import io.memkind.topology.Topology;
import io.memkind.topology.XeonPhi;
import java.lang.foreign.ValueLayout;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every public method that takes references refuses null, in each place. */
class NullArgumentsTest {
    @Test
    void areRefusedByEveryMethod() throws Exception {
        List<String> called = new ArrayList<>();
        try (MemoryKind kind = MemoryKind.builder(Kinds.DEFAULT).build()) {
            sweep(MemoryKind.class, kind, called);
            sweep(KindBuilder.class, MemoryKind.builder(kind), called);
            sweep(Kinds.class, null, called);
            sweep(Topology.class, Topology.read(), called);
            sweep(FileKinds.class, null, called);
            sweep(FileKindBuilder.class, FileKinds.builder(Path.of(".")), called);
            sweep(Listeners.class, null, called);
            sweep(FixedKinds.class, null, called);
            sweep(SharedReference.class, SharedReference.to(kind), called);
            sweep(RecordAllocator.class, RecordAllocator.of(kind, ValueLayout.JAVA_LONG), called);
            TierBuilder tiers = TieredMemory.builder(TierPolicy.DYNAMIC_THRESHOLD)
                    .tier(kind, 1)
                    .tier(Kinds.DEFAULT, 1);
            sweep(TierBuilder.class, tiers, called);
            try (TieredMemory memory = tiers.build()) {
                sweep(TieredMemory.class, memory, called);
            }
            sweep(Hbw.class, null, called);
            sweep(NodeClassifier.class, null, called);
            sweep(NodeSets.class, null, called);
            sweep(StatisticsOption.class, null, called);
            sweep(StatisticsPrinter.class, null, called);
            sweep(ErrorCode.class, ErrorCode.INVALID, called);
            sweep(Version.class, Version.current(), called);
            sweep(Setting.class, Settings.HOG_MEMORY, called);
            sweep(NodeOverrides.class, NodeOverrides.NONE, called);
            sweep(AttributeMeasurement.class, AttributeMeasurement.of(Topology.read()), called);
            sweep(MeasuredAttributes.class, new MeasuredAttributes(Instant.EPOCH, List.of()), called);
            sweep(MeasuredUse.class, MeasuredUse.FALLBACK, called);
            sweep(MeasurementStore.class, MeasurementStore.ofUser(), called);
            sweep(ProcessorCaches.class, null, called);
            sweep(ProductName.class, null, called);
            sweep(XeonPhi.class, null, called);
        }
        assertThat(called)
                .contains("free", "placementOf", "builder", "byName", "name", "decay", "read")
                .hasSizeGreaterThanOrEqualTo(7);
    }

    private static void sweep(Class<?> type, Object target, List<String> called) {
        for (Method method : type.getDeclaredMethods()) {
            boolean references = Stream.of(method.getParameterTypes()).anyMatch(p -> !p.isPrimitive());
            boolean inherited = method.isBridge()
                    || method.isSynthetic()
                    || method.getName().equals("equals");
            if (Modifier.isPublic(method.getModifiers()) && references && !inherited) {
                called.add(method.getName());
                Object[] arguments = Stream.of(method.getParameterTypes())
                        .map(parameter -> parameter == long.class ? 0L : parameter == boolean.class ? false : null)
                        .toArray();
                assertThatThrownBy(() -> method.invoke(target, arguments))
                        .as("%s", method)
                        .isInstanceOf(InvocationTargetException.class)
                        .hasCauseInstanceOf(NullPointerException.class);
            }
        }
    }
}
