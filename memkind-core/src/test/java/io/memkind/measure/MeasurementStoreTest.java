package io.memkind.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.memkind.internal.locality.Machines;
import io.memkind.topology.Topology;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MeasurementStoreTest {
    private static final MeasuredAttributes MEASURED = new MeasuredAttributes(
            Instant.EPOCH, List.of(new MeasuredPair(0, 0, OptionalLong.of(9), OptionalLong.of(8), 7, 6, 5, 4, "")));

    @TempDir
    private Path home;

    private final List<String> warnings = new ArrayList<>();
    private final Topology topology = machine().build();

    private static Machines machine() {
        return Machines.empty()
                .node(0, "0-3", 65_536)
                .node(2, "", 16_000)
                .distances(10, 20, 20, 10)
                .intel(6, 143);
    }

    private MeasurementStore store() {
        return store("Server 9");
    }

    private MeasurementStore store(String productName) {
        return new MeasurementStore(Optional.of(home.resolve("cache/memkind")), () -> productName, warnings::add);
    }

    private Path file() {
        return store().file(topology).orElseThrow();
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(home.resolve("cache/memkind"))) {
            return files.toList();
        }
    }

    @Test
    void givesBackWhatWasStoredLast() throws IOException {
        assertThat(store().load(topology)).isEmpty();
        store().save(topology, new MeasuredAttributes(Instant.MAX, List.of()));
        assertThat(store().save(topology, MEASURED)).isEqualTo(file());

        assertThat(store().load(topology)).hasValue(MEASURED);
        assertThat(files()).containsExactly(file());
        assertThat(warnings).isEmpty();
    }

    @Test
    void keepsMachinesApart() throws IOException {
        store().save(topology, MEASURED);

        assertThat(store("Server 8").load(topology)).isEmpty();
        assertThat(store().load(machine().intel(6, 144).build())).isEmpty();
        assertThat(store().load(machine().node(3, "", 16_000).build())).isEmpty();
        assertThat(store().load(machine().distances(10, 21, 20, 10).build())).isEmpty();
        assertThat(store().load(machine().node(2, "", 8_000).build())).isEmpty();
        assertThat(store().load(machine().node(2, "", 13_500).build())).hasValue(MEASURED);
        assertThat(warnings).isEmpty();
    }

    @Test
    void aFileThatIsNoneIsMissingAfterOneWarning() throws IOException {
        Files.createDirectories(file().resolveSibling("."));
        Files.writeString(file(), "memkind measured attributes, version 0\n");
        assertThat(store().load(topology)).isEmpty();
        Files.write(file(), new byte[] {(byte) 0xff, (byte) 0xfe});
        assertThat(store().load(topology)).isEmpty();
        Files.delete(file());
        Files.createDirectories(file());
        assertThat(store().load(topology)).isEmpty();

        assertThat(warnings)
                .hasSize(3)
                .allSatisfy(warning -> assertThat(warning)
                        .startsWith("ignored " + file())
                        .endsWith("; measure again with memkind topology --measure, or delete the file")
                        .hasLineCount(1));
        assertThat(warnings.get(0)).contains(": line 1 has version 0 of the format, not 1;");
    }

    @Test
    void theFileOfAnotherMachineIsForeign() throws IOException {
        Topology other = machine().intel(6, 85).build();
        Path written = store().save(other, MEASURED);
        Files.move(written, file());

        assertThat(store().load(topology)).isEmpty();
        assertThat(warnings).singleElement().asString().contains("line 2 has another machine");
    }

    @Test
    void saysWhyNothingCanBeWritten() throws IOException {
        Files.writeString(home.resolve("cache"), "a file where a directory belongs");
        assertThatIOException()
                .isThrownBy(() -> store().save(topology, MEASURED))
                .withMessageStartingWith(file() + " cannot be written: ");
        assertThat(store().load(topology)).isEmpty();

        MeasurementStore nowhere = new MeasurementStore(Optional.empty(), () -> "", warnings::add);
        assertThatIOException()
                .isThrownBy(() -> nowhere.save(topology, MEASURED))
                .withMessageContaining("set XDG_CACHE_HOME or HOME");
        assertThat(nowhere.load(topology)).isEmpty();
    }

    @Test
    void aFailedWriteLeavesNothing() throws IOException {
        Files.createDirectories(file().resolve("full"));

        assertThatIOException().isThrownBy(() -> store().save(topology, MEASURED));
        assertThat(files()).containsExactly(file());
    }

    @Test
    void isInTheUsersCacheDirectory() {
        assertThat(parent(Map.of("XDG_CACHE_HOME", "/c", "HOME", "/h"))).isEqualTo(Path.of("/c/memkind"));
        assertThat(parent(Map.of("XDG_CACHE_HOME", "c", "HOME", "/h"))).isEqualTo(Path.of("/h/.cache/memkind"));
        assertThat(parent(Map.of("XDG_CACHE_HOME", "", "HOME", "/h"))).isEqualTo(Path.of("/h/.cache/memkind"));
        assertThat(parent(Map.of()))
                .isEqualTo(Path.of(System.getProperty("user.home")).resolve(".cache/memkind"));
    }

    private Path parent(Map<String, String> environment) {
        return MeasurementStore.ofUser(environment, warnings::add)
                .file(topology)
                .orElseThrow()
                .getParent();
    }

    @Test
    void theIdentityIsReadable() {
        assertThat(MachineIdentity.of(topology, "Server\n 9").text())
                .isEqualTo("product Server 9; processor GenuineIntel 6 143 ; node 0 CPUs 0,1,2,3 bytes 68719476736"
                        + " distances 10,20; node 2 CPUs none bytes 17179869184 distances 20,10");
        assertThat(file().getFileName()).asString().matches("measured-[0-9a-f]{16}\\.txt");
    }
}
