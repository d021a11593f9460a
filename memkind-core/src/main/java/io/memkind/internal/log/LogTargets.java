package io.memkind.internal.log;

import io.memkind.settings.Setting;
import io.memkind.settings.SettingException;
import io.memkind.settings.Settings;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.InvalidPathException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Where the lines of the log go. */
final class LogTargets {
    static final LogTargets INSTANCE = of(Settings.ofProcess(), line -> System.err.println(line));

    private final boolean debug;
    private final Consumer<String> standardError;
    /* Null if there is none, or it could not be written. */
    private volatile @Nullable LogFile file;

    private LogTargets(boolean debug, @Nullable LogFile file, Consumer<String> standardError) {
        this.debug = debug;
        this.file = file;
        this.standardError = standardError;
    }

    /** As settings say. What is wrong with them costs a line each on standard error, and what they would have given. */
    static LogTargets of(Map<String, String> settings, Consumer<String> standardError) {
        boolean debug = false;
        try {
            debug = Settings.DEBUG.value(settings);
        } catch (SettingException e) {
            standardError.accept("MEMKIND_WARNING: " + e.getMessage());
        }
        return new LogTargets(debug, open(settings, standardError), standardError);
    }

    private static @Nullable LogFile open(Map<String, String> settings, Consumer<String> standardError) {
        Optional<Setting.Given> given = Settings.LOG_FILE.given(settings);
        try {
            Optional<String> name = Settings.LOG_FILE.value(settings);
            return name.isPresent() ? LogFile.open(name.get()) : null;
        } catch (SettingException e) {
            standardError.accept("MEMKIND_WARNING: " + e.getMessage());
        } catch (IOException | InvalidPathException e) {
            standardError.accept("MEMKIND_WARNING: "
                    + Settings.LOG_FILE
                            .refusal(given.orElseThrow(), " cannot be written (" + reason(e) + ")")
                            .getMessage());
        }
        return null;
    }

    /* Exceptions of files have the path as their message, which is told already. */
    private static String reason(Exception e) {
        String name = e.getClass().getSimpleName();
        return e instanceof java.nio.file.FileSystemException failure
                ? failure.getReason() == null ? name : failure.getReason()
                : name;
    }

    boolean debug() {
        return debug;
    }

    boolean hasFile() {
        return file != null;
    }

    void write(Level level, String message, @Nullable Throwable cause) {
        writeToFile(level, message, cause);
        boolean taken = false;
        try {
            System.Logger logger = System.getLogger("io.memkind");
            taken = logger.isLoggable(level);
            if (taken && cause != null) {
                logger.log(level, message, cause);
            } else if (taken) {
                logger.log(level, message);
            }
        } catch (RuntimeException | LinkageError e) {
            taken = false; // a logger of the program that fails does not fail the library
        }
        /* A logger may take lines of DEBUG and its handler drop them: java.util.logging's does unless it is told. */
        if (debug && (!taken || level == Level.DEBUG)) {
            standardError.accept(prefix(level) + message + (cause == null ? "" : ": " + cause));
        }
    }

    /* The C library's words: its INFO is what it does. */
    private static String prefix(Level level) {
        return level == Level.DEBUG || level == Level.INFO ? "MEMKIND_INFO: " : "MEMKIND_WARNING: ";
    }

    private void writeToFile(Level level, String message, @Nullable Throwable cause) {
        LogFile target = file;
        if (target == null) {
            return;
        }
        try {
            target.append(level, message, cause);
        } catch (IOException e) {
            file = null;
            standardError.accept("MEMKIND_WARNING: " + target + " is no longer written: " + e.getMessage());
        }
    }
}
