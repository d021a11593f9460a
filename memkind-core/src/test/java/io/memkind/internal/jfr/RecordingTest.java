package io.memkind.internal.jfr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.memkind.KindExhaustedException;
import io.memkind.Kinds;
import io.memkind.MemoryKind;
import io.memkind.tier.TierExhaustion;
import io.memkind.tier.TierPolicy;
import io.memkind.tier.TieredMemory;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Consumer;
import jdk.jfr.Configuration;
import jdk.jfr.EventType;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real recordings. */
class RecordingTest {
    private static final String PREFIX = "io.memkind.";

    @TempDir
    Path directory;

    private static Map<String, String> profile() {
        try (Reader reader = new InputStreamReader(
                Objects.requireNonNull(MemoryKind.class.getResourceAsStream("/memkind.jfc")), StandardCharsets.UTF_8)) {
            return Configuration.create(reader).getSettings();
        } catch (IOException | java.text.ParseException e) {
            throw new AssertionError(e);
        }
    }

    /* What a recording has of a fresh kind that is made before or in it, and of no other kind. */
    private List<RecordedEvent> record(Map<String, String> settings, boolean kindFirst, Consumer<MemoryKind> work)
            throws IOException {
        Path file = directory.resolve("test.jfr");
        String name = "recorded_" + System.nanoTime();
        try (Recording recording = new Recording(settings)) {
            MemoryKind kind = kindFirst ? kind(name) : null;
            recording.start();
            try (MemoryKind used = kind == null ? kind(name) : kind) {
                work.accept(used);
            }
            recording.stop();
            recording.dump(file);
        }
        List<RecordedEvent> found = new ArrayList<>();
        for (RecordedEvent event : RecordingFile.readAllEvents(file)) {
            if (event.getEventType().getName().startsWith(PREFIX)
                    && event.getString("kind").equals(name)) {
                found.add(event);
            }
        }
        return found;
    }

    /* Gives nothing back by itself while it is recorded. */
    private static MemoryKind kind(String name) {
        return MemoryKind.builder(Kinds.DEFAULT)
                .name(name)
                .limitBytes(64 << 20)
                .decay(Duration.ofDays(1))
                .build();
    }

    private static List<RecordedEvent> named(List<RecordedEvent> events, String name) {
        return events.stream()
                .filter(event -> event.getEventType().getName().equals(PREFIX + name))
                .toList();
    }

    private static void allocateMuch(MemoryKind kind) {
        for (int i = 0; i < 200_000; i++) {
            kind.free(kind.malloc(1000));
        }
    }

    @Test
    void theProfileTurnsOnExactlyTheEventsThereAre() {
        Kinds.DEFAULT.free(Kinds.DEFAULT.malloc(1));
        TreeSet<String> events = new TreeSet<>();
        for (EventType type : FlightRecorder.getFlightRecorder().getEventTypes()) {
            if (type.getName().startsWith(PREFIX)) {
                events.add(type.getName() + "#enabled");
                assertThat(type.getCategoryNames()).containsExactly("Memkind");
                assertThat(type.getLabel()).isNotBlank();
                assertThat(type.getDescription()).isNotBlank();
                assertThat(type.isEnabled()).as(type.getName()).isFalse();
            }
        }
        assertThat(events).hasSize(6);
        Map<String, String> settings = profile();
        TreeSet<String> enabled = new TreeSet<>();
        settings.forEach((key, value) -> {
            assertThat(key).startsWith(PREFIX);
            if (key.endsWith("#enabled") && value.equals("true")) {
                enabled.add(key);
            }
        });
        assertThat(enabled).isEqualTo(events);
    }

    @Test
    void samplesHaveTheStackOfTheCallerAndTheirWeightsSumUp() throws IOException {
        for (boolean kindFirst : new boolean[] {true, false}) {
            List<RecordedEvent> samples =
                    named(record(profile(), kindFirst, RecordingTest::allocateMuch), "AllocationSample");
            double weight = 0;
            for (RecordedEvent sample : samples) {
                assertThat(sample.getLong("byteSize")).isEqualTo(1000);
                weight += sample.getLong("weight");
                assertThat(sample.getStackTrace().getFrames().stream()
                                .map(frame -> frame.getMethod())
                                .map(RecordingTest::text))
                        .contains("io.memkind.MemoryKind.malloc", RecordingTest.class.getName() + ".allocateMuch");
            }
            /* 200 MB are some 381 samples; 0.5 is ten standard deviations. */
            assertThat(weight / 200_000_000).isBetween(0.5, 1.5);
        }
    }

    private static String text(RecordedMethod method) {
        return method.getType().getName() + "." + method.getName();
    }

    @Test
    void extentsAreToldWhenTheyComeAndGo() throws IOException {
        List<RecordedEvent> events = record(profile(), true, kind -> {
            long block = kind.malloc(10 << 20);
            kind.free(block);
            kind.trim();
        });
        List<RecordedEvent> mapped = named(events, "ExtentMap");
        List<RecordedEvent> unmapped = named(events, "ExtentUnmap");
        List<RecordedEvent> purged = named(events, "Purge");
        assertThat(mapped.stream().mapToLong(event -> event.getLong("byteSize")).sum())
                .isGreaterThanOrEqualTo(10 << 20)
                .isEqualTo(unmapped.stream()
                        .mapToLong(event -> event.getLong("byteSize"))
                        .sum());
        assertThat(purged).singleElement().satisfies(event -> {
            assertThat(event.getLong("byteSize")).isEqualTo(10 << 20);
            assertThat(event.getLong("address"))
                    .isBetween(
                            mapped.get(0).getLong("address"),
                            mapped.get(0).getLong("address") + mapped.get(0).getLong("byteSize"));
            assertThat(event.getDuration("callTime")).isGreaterThanOrEqualTo(Duration.ZERO);
        });
        assertThat(mapped.get(0).getStackTrace().getFrames().stream().map(frame -> text(frame.getMethod())))
                .contains("io.memkind.MemoryKind.malloc");
    }

    @Test
    void anExhaustedKindIsTold() throws IOException {
        List<RecordedEvent> events = record(profile(), false, kind -> {
            kind.malloc(1 << 20);
            assertThatExceptionOfType(KindExhaustedException.class).isThrownBy(() -> kind.malloc(100 << 20));
        });
        assertThat(named(events, "KindExhausted")).singleElement().satisfies(event -> {
            assertThat(event.getLong("byteSize")).isEqualTo(100 << 20);
            assertThat(event.getString("reason")).contains("limit of 67108864 bytes");
            assertThat(event.getLong("activeBytes")).isEqualTo(1 << 20);
            assertThat(event.getLong("limitBytes")).isEqualTo(64 << 20);
        });
    }

    @Test
    void aTieredBlockThatMovesToAnotherKindIsTold() throws IOException {
        List<RecordedEvent> events = record(profile(), false, kind -> {
            try (TieredMemory memory = TieredMemory.builder(TierPolicy.STATIC_RATIO)
                    .name("two_tiers")
                    .onExhausted(TierExhaustion.NEXT_TIER)
                    .tier(kind, 1000)
                    .tier(Kinds.REGULAR, 1)
                    .build()) {
                long block = memory.malloc(1 << 20);
                assertThat(memory.tierOf(block)).hasValue(0);
                long grown = memory.realloc(block, 2 << 20);
                assertThat(memory.tierOf(grown)).hasValue(0);
                assertThat(memory.tierOf(memory.realloc(grown, 100 << 20))).hasValue(1);
            }
        });
        assertThat(named(events, "Migration")).singleElement().satisfies(event -> {
            assertThat(event.getString("memory")).isEqualTo("two_tiers");
            assertThat(event.getString("newKind")).isEqualTo(Kinds.REGULAR.name());
            assertThat(event.getLong("byteSize")).isEqualTo(100 << 20);
            assertThat(event.getLong("copiedBytes")).isEqualTo(2 << 20);
            assertThat(event.getStackTrace().getFrames().stream().map(frame -> text(frame.getMethod())))
                    .contains("io.memkind.tier.TieredMemory.realloc");
        });
    }

    @Test
    void aRecordingThatAsksForNothingGetsNothing() throws IOException {
        assertThat(record(Map.of(), true, RecordingTest::allocateMuch)).isEmpty();
    }

    @Test
    void aRecordingGetsOnlyWhatItAsksFor() throws IOException {
        assertThat(record(Map.of("io.memkind.ExtentMap#enabled", "true"), true, RecordingTest::allocateMuch))
                .isNotEmpty()
                .allMatch(event -> event.getEventType().getName().equals("io.memkind.ExtentMap"));
    }
}
