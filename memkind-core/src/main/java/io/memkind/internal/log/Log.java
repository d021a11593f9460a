package io.memkind.internal.log;

import java.lang.System.Logger.Level;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The log. Lines of INFO and above go to the {@link System.Logger} named {@code io.memkind}. Lines of DEBUG, about what the
 * library does, are made only if the user wants them ({@code MEMKIND_DEBUG=1}, {@code MEMKIND_LOG_FILE}), since the first use
 * of the platform's loggers costs a JVM some 20 ms; then they go there too. Thread-safe; never throws, so that memory is
 * given out and back whatever becomes of the log. Not to be called with a lock of a heap held: the logger is the program's,
 * and may use kinds.
 */
public final class Log {
    private Log() {}

    /** Whether lines of DEBUG go anywhere. Does not change. */
    public static boolean isDebug() {
        return LogTargets.INSTANCE.debug() || LogTargets.INSTANCE.hasFile();
    }

    /** What the library does; the text is made only if it goes anywhere. */
    public static void debug(Supplier<String> message) {
        if (isDebug()) {
            LogTargets.INSTANCE.write(Level.DEBUG, message.get(), null);
        }
    }

    /** What a user may want to know without having asked. */
    public static void info(String message) {
        LogTargets.INSTANCE.write(Level.INFO, message, null);
    }

    /** What is wrong. */
    public static void warning(String message) {
        LogTargets.INSTANCE.write(Level.WARNING, message, null);
    }

    /** What is wrong, and why. */
    public static void warning(String message, @Nullable Throwable cause) {
        LogTargets.INSTANCE.write(Level.WARNING, message, cause);
    }
}
