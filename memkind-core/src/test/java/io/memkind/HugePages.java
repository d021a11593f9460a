package io.memkind;

import java.io.IOException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Sets hugetlb pages aside for a test class and takes them back afterwards; skips the class, and says why, where that is
 * not possible.
 */
public final class HugePages implements ExecutionCondition, BeforeAllCallback, AfterAllCallback {
    /** The pages that a class needs. */
    @Target(ElementType.TYPE)
    @Retention(RetentionPolicy.RUNTIME)
    public @interface Needed {
        /** Size of a page in bytes. */
        long byteSize();

        /** Number of pages. */
        long count();
    }

    private long found = -1;

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        if (context.getTestMethod().isPresent()) {
            return ConditionEvaluationResult.enabled("decided for the class");
        }
        Needed needed = context.getRequiredTestClass().getAnnotation(Needed.class);
        Path file = file(needed.byteSize(), "nr_hugepages");
        try {
            long before = read(file);
            write(file, before + needed.count());
            long got = read(file) - before;
            write(file, before);
            if (got == needed.count()) {
                return ConditionEvaluationResult.enabled("pages can be had");
            }
            return skip(context, file + " gave " + got + " of " + needed.count() + " pages");
        } catch (IOException e) {
            return skip(context, "cannot write " + file + ": " + e);
        }
    }

    private static ConditionEvaluationResult skip(ExtensionContext context, String reason) {
        System.out.println(context.getDisplayName() + " is skipped: " + reason);
        return ConditionEvaluationResult.disabled(reason);
    }

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        Needed needed = context.getRequiredTestClass().getAnnotation(Needed.class);
        Path file = file(needed.byteSize(), "nr_hugepages");
        found = read(file);
        write(file, found + needed.count());
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        if (found >= 0) {
            Needed needed = context.getRequiredTestClass().getAnnotation(Needed.class);
            write(file(needed.byteSize(), "nr_hugepages"), found);
        }
    }

    /** Pages of the pool that nobody uses. */
    public static long freePages(long byteSize) {
        try {
            return read(file(byteSize, "free_hugepages"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Path file(long byteSize, String name) {
        return Path.of("/sys/kernel/mm/hugepages/hugepages-" + byteSize / 1024 + "kB/" + name);
    }

    private static long read(Path file) throws IOException {
        return Long.parseLong(Files.readString(file).trim());
    }

    private static void write(Path file, long count) throws IOException {
        Files.writeString(file, Long.toString(count));
    }
}
