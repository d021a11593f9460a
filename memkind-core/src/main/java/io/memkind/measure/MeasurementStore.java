package io.memkind.measure;

import io.memkind.internal.log.Log;
import io.memkind.topology.ProductName;
import io.memkind.topology.Topology;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Measurements in the user's cache directory: {@code memkind} under {@code $XDG_CACHE_HOME}, or under {@code ~/.cache} where
 * that is not set to an absolute path (XDG Base Directory Specification). Text, one file for each machine, so that a home
 * directory can be shared by many. Any thread, and any number of processes, may use it at once.
 */
public final class MeasurementStore {
    private static final long MOST_FILE_BYTES = 16 << 20;
    private static final String REMEDY = "; measure again with memkind topology --measure, or delete the file";

    private final Optional<Path> directory;
    private final Supplier<String> productName;
    private final Consumer<String> warnings;

    MeasurementStore(Optional<Path> directory, Supplier<String> productName, Consumer<String> warnings) {
        this.directory = directory;
        this.productName = productName;
        this.warnings = warnings;
    }

    /**
     * The store of the user who runs this process. What is wrong with a file is logged as a warning to the
     * {@link System.Logger} named {@code io.memkind}.
     *
     * @return the store
     */
    public static MeasurementStore ofUser() {
        return ofUser(System.getenv(), Log::warning);
    }

    /**
     * The store of a user.
     *
     * @param environment the variables of the user: {@code XDG_CACHE_HOME} and {@code HOME} matter
     * @param warnings is told what is wrong with a file, in one line
     * @return the store
     */
    public static MeasurementStore ofUser(Map<String, String> environment, Consumer<String> warnings) {
        Objects.requireNonNull(warnings, "warnings");
        Optional<Path> home = absolute(environment.get("HOME")).or(() -> absolute(System.getProperty("user.home")));
        Optional<Path> cache =
                absolute(environment.get("XDG_CACHE_HOME")).or(() -> home.map(path -> path.resolve(".cache")));
        return new MeasurementStore(
                cache.map(path -> path.resolve("memkind")), () -> ProductName.read(Path.of("/")), warnings);
    }

    private static Optional<Path> absolute(@Nullable String path) {
        return Optional.ofNullable(path).filter(text -> text.startsWith("/")).map(Path::of);
    }

    /**
     * The file of a machine, which need not be there.
     *
     * @param topology the running machine
     * @return its path; empty if the user has neither a cache directory nor a home
     */
    public Optional<Path> file(Topology topology) {
        Objects.requireNonNull(topology, "topology");
        return directory.map(path -> path.resolve(identity(topology).fileName() + ".txt"));
    }

    private MachineIdentity identity(Topology topology) {
        return MachineIdentity.of(topology, productName.get());
    }

    /**
     * Reads what was measured on a machine. Never fails: a file that cannot be read, was cut, or is of another machine or
     * another version of the format counts as missing, after one warning.
     *
     * @param topology the running machine
     * @return what was stored last; empty if nothing was
     */
    public Optional<MeasuredAttributes> load(Topology topology) {
        Optional<Path> file = file(topology).filter(Files::exists);
        if (file.isEmpty()) {
            return Optional.empty();
        }
        try {
            if (Files.size(file.get()) > MOST_FILE_BYTES || !Files.isRegularFile(file.get())) {
                throw new MeasurementFormatException("it is no file of at most " + MOST_FILE_BYTES + " bytes");
            }
            return Optional.of(MeasurementText.parse(Files.readString(file.get()), identity(topology)));
        } catch (MeasurementFormatException e) {
            warnings.accept("ignored " + file.get() + ": " + e.getMessage() + REMEDY);
        } catch (IOException e) {
            warnings.accept("ignored " + file.get() + ", which cannot be read: " + e + REMEDY);
        }
        return Optional.empty();
    }

    /**
     * Stores what was measured on a machine, in place of what was stored before. Whoever reads finds the one or the other.
     *
     * @param topology the running machine
     * @param measured what was measured
     * @return the file
     * @throws IOException if there is no place for it, or it cannot be written; the message says so, and names the file
     */
    public Path save(Topology topology, MeasuredAttributes measured) throws IOException {
        Path file = file(topology)
                .orElseThrow(() ->
                        new IOException("there is no cache directory: set XDG_CACHE_HOME or HOME to an absolute path"));
        String text = MeasurementText.of(identity(topology), measured);
        try {
            Path parent = Objects.requireNonNull(file.getParent());
            Files.createDirectories(
                    parent, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            Path temporary = Files.createTempFile(parent, String.valueOf(file.getFileName()), ".tmp");
            try {
                Files.writeString(temporary, text);
                Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(temporary);
            }
        } catch (IOException e) {
            throw new IOException(file + " cannot be written: " + e, e);
        }
        return file;
    }
}
