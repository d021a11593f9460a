package io.memkind;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** For {@link ChildProcessTest}: opens file kinds until there are no descriptors left, uses all, and opens them again. */
final class DescriptorLimitProgram {
    private static final int MOST_KINDS = 10_000;

    private DescriptorLimitProgram() {}

    public static void main(String[] arguments) {
        Path directory = Path.of(arguments[0]);
        List<MemoryKind> kinds = new ArrayList<>();
        /* Class files in directories are opened when they are first needed: for that it would be too late later. */
        try (MemoryKind kind = FileKinds.create(directory, 0)) {
            use(kind);
        }
        try {
            FileKinds.create(directory.resolve("missing"), 0).close();
        } catch (UncheckedIOException expected) {
            kinds.clear();
        }
        String first = open(directory, kinds);
        int count = kinds.size();
        for (MemoryKind kind : kinds) {
            if (!use(kind)) {
                first = "damage";
            }
        }
        kinds.forEach(MemoryKind::close);
        kinds.clear();
        open(directory, kinds);
        System.out.println(count + " kinds, then " + kinds.size() + ": " + first);
    }

    private static boolean use(MemoryKind kind) {
        long block = kind.malloc(100_000);
        Pattern.fill(block, 100_000, block);
        return Pattern.firstDamage(block, 100_000, block) == -1;
    }

    private static String open(Path directory, List<MemoryKind> kinds) {
        try {
            while (kinds.size() < MOST_KINDS) {
                kinds.add(FileKinds.create(directory, 0));
            }
            return "no failure";
        } catch (UncheckedIOException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
