package io.memkind.internal.log;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The file to which the log is appended, with a time in UTC, level and process id before each line. Thread-safe; several
 * processes may append to the same, since each entry is one write(2) in O_APPEND mode.
 */
final class LogFile {
    private final Path path;
    private final FileChannel channel;
    private final long pid = ProcessHandle.current().pid();

    private LogFile(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /**
     * Opens a file, or creates it, for its owner alone (mode 0600).
     *
     * @param name its path; {@code %p} stands for the process id
     */
    @SuppressWarnings("MustBeClosedChecker") // open until the process ends
    static LogFile open(String name) throws IOException {
        Path path = Path.of(
                name.replace("%p", String.valueOf(ProcessHandle.current().pid())));
        FileChannel channel = FileChannel.open(
                path,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return new LogFile(path, channel);
    }

    synchronized void append(Level level, String message, @Nullable Throwable cause) throws IOException {
        StringWriter text = new StringWriter();
        text.append(Instant.now().truncatedTo(ChronoUnit.MILLIS) + " " + level + " [" + pid + "] ");
        text.append(message.replaceAll("\\p{Cntrl}", "?")).append('\n');
        if (cause != null) {
            cause.printStackTrace(new PrintWriter(text, true));
        }
        ByteBuffer bytes = ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
