package io.memkind.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.memkind.FileKindBuilder;
import io.memkind.FileKinds;
import io.memkind.FixedKinds;
import io.memkind.KindBuilder;
import io.memkind.Kinds;
import io.memkind.MemoryKind;
import io.memkind.NodeSets;
import io.memkind.RecordAllocator;
import io.memkind.SharedReference;
import io.memkind.topology.NodeClassifier;
import io.memkind.topology.NodeOverrides;
import io.memkind.topology.Topology;
import java.lang.foreign.ValueLayout;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
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
            sweep(Topology.class, null, called);
            sweep(FileKinds.class, null, called);
            sweep(FileKindBuilder.class, FileKinds.builder(Path.of(".")), called);
            sweep(FixedKinds.class, null, called);
            sweep(SharedReference.class, SharedReference.to(kind), called);
            sweep(RecordAllocator.class, RecordAllocator.of(kind, ValueLayout.JAVA_LONG), called);
            sweep(NodeClassifier.class, null, called);
            sweep(NodeSets.class, null, called);
            sweep(io.memkind.StatisticsOption.class, null, called);
            sweep(io.memkind.StatisticsPrinter.class, null, called);
            sweep(NodeOverrides.class, NodeOverrides.NONE, called);
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
