package io.memkind.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.memkind.internal.locality.Machines;
import io.memkind.topology.AccessAttributes;
import io.memkind.topology.AttributeOrigin;
import io.memkind.topology.Topology;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class MeasuredUseTest {
    @TempDir
    private Path directory;

    private static Properties property(String value) {
        Properties properties = new Properties();
        properties.setProperty("io.memkind.measured", value);
        return properties;
    }

    @Test
    void thePropertyGoesBeforeTheVariable() {
        Map<String, String> prefer = Map.of("MEMKIND_MEASURED", "prefer");

        assertThat(MeasuredUse.of(Map.of(), new Properties())).isEqualTo(MeasuredUse.FALLBACK);
        assertThat(MeasuredUse.of(prefer, new Properties())).isEqualTo(MeasuredUse.PREFER);
        assertThat(MeasuredUse.of(prefer, property("ignore"))).isEqualTo(MeasuredUse.IGNORE);
        assertThat(MeasuredUse.of(Map.of("MEMKIND_MEASURED", "?"), property("fallback")))
                .isEqualTo(MeasuredUse.FALLBACK);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Ignore", "off", " prefer", "prefer,ignore"})
    void nothingElseIsUnderstood(String value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MeasuredUse.of(Map.of("MEMKIND_MEASURED", value), new Properties()))
                .withMessage("MEMKIND_MEASURED='" + value + "': set it to one of ignore, fallback, prefer");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MeasuredUse.of(Map.of(), property(value)))
                .withMessageStartingWith("io.memkind.measured='" + value + "'");
    }

    private MeasurementStore store(Topology topology) throws IOException {
        MeasurementStore store = new MeasurementStore(Optional.of(directory), () -> "", warning -> {
            throw new AssertionError(warning);
        });
        OptionalLong value = OptionalLong.of(9);
        store.save(
                topology,
                new MeasuredAttributes(Instant.EPOCH, List.of(new MeasuredPair(0, 0, value, value, 0, 0, 1, 5, ""))));
        return store;
    }

    @ParameterizedTest
    @CsvSource({
        "IGNORE, false, none", "FALLBACK, false, MEASURED", "PREFER, false, MEASURED",
        "IGNORE, true, FIRMWARE", "FALLBACK, true, FIRMWARE", "PREFER, true, MEASURED",
    })
    void decidesWhoseValuesCount(MeasuredUse use, boolean firmware, String origin) throws IOException {
        Machines machine = Machines.empty().node(0, "0", 64);
        Topology topology = (firmware ? machine.access(0, List.of(0), 100, 100) : machine).build();
        Topology applied = use.applyTo(topology, store(topology));

        assertThat(applied.nodes().get(0).processorAccess().map(AccessAttributes::origin))
                .isEqualTo(origin.equals("none") ? Optional.empty() : Optional.of(AttributeOrigin.valueOf(origin)));
    }

    @ParameterizedTest
    @EnumSource
    void withoutAMeasurementNothingChanges(MeasuredUse use) throws IOException {
        Topology topology = Machines.empty().node(0, "0", 64).build();
        MeasurementStore store = store(Machines.empty().node(0, "0", 128).build());

        assertThat(use.applyTo(topology, store)).isSameAs(topology);
        Topology none = Machines.empty().build();
        assertThat(use.applyTo(none, store)).isSameAs(none);
    }
}
