package io.memkind.observing;

import io.memkind.KindExhaustedException;
import io.memkind.Kinds;
import io.memkind.MemoryKind;
import io.memkind.settings.SettingException;
import io.memkind.settings.Settings;

/** Uses, one by one, what the settings are about, and tells each outcome in a line: {@code ok}, or the message of a failure. */
public final class SettingsProgram {
    private interface Step {
        void run() throws Exception;
    }

    private SettingsProgram() {}

    public static void main(String[] arguments) throws Exception {
        tell("default", () -> use(Kinds.DEFAULT));
        tell("regular", () -> use(Kinds.REGULAR));
        tell("hbw", () -> use(Kinds.HBW));
        tell("dax", () -> use(Kinds.DAX_KMEM));
        tell("latency", () -> use(Kinds.LOWEST_LATENCY_LOCAL));
        tell("virtual", () -> inVirtualThread(Kinds.DEFAULT));
        tell("built", SettingsProgram::build);
        tell("builtOverRegular", () -> {
            try (MemoryKind kind =
                    MemoryKind.builder(Kinds.REGULAR).hogMemory(false).build()) {
                use(kind);
            }
        });
        tell("threads", () -> Settings.BACKGROUND_THREAD_LIMIT.value());
        System.out.println("keptByDefault: " + bytesKept(Kinds.DEFAULT));
        System.out.println("keptByInterleave: " + bytesKept(Kinds.INTERLEAVE));
        System.out.println("end");
    }

    /* Bytes of a large block that are still dirty when all that is free was to go back. */
    private static String bytesKept(MemoryKind kind) {
        try {
            kind.free(kind.calloc(1, 8 << 20));
        } catch (KindExhaustedException | SettingException e) {
            return "none";
        }
        kind.trim();
        return String.valueOf(kind.statistics().dirtyBytes() >= 8 << 20);
    }

    private static void build() {
        try (MemoryKind kind = MemoryKind.builder(Kinds.DEFAULT).build()) {
            use(kind);
        }
    }

    private static void use(MemoryKind kind) {
        kind.free(kind.malloc(100));
    }

    private static void inVirtualThread(MemoryKind kind) throws Exception {
        RuntimeException[] failure = new RuntimeException[1];
        Thread.ofVirtual()
                .start(() -> {
                    try {
                        use(kind);
                    } catch (RuntimeException e) {
                        failure[0] = e;
                    }
                })
                .join();
        if (failure[0] != null) {
            throw failure[0];
        }
    }

    private static void tell(String name, Step step) {
        String outcome = "ok";
        try {
            step.run();
        } catch (Exception | LinkageError e) {
            outcome = e.getClass().getSimpleName() + " " + e.getMessage();
        }
        System.out.println(name + ": " + outcome);
    }
}
