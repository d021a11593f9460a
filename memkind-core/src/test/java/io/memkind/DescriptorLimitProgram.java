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
        loadClasses(directory);
        List<MemoryKind> kinds = new ArrayList<>();
        String first = open(directory, kinds);
        int count = kinds.size();
        for (MemoryKind kind : kinds) {
            long block = kind.malloc(100_000);
            Pattern.fill(block, 100_000, block);
            if (Pattern.firstDamage(block, 100_000, block) != -1) {
                first = "damage";
            }
        }
        kinds.forEach(MemoryKind::close);
        kinds.clear();
        open(directory, kinds);
        System.out.println(count + " kinds, then " + kinds.size() + ": " + first);
    }

    /* Without a free descriptor, a class path of directories gives no more classes: only the system is to refuse. */
    private static void loadClasses(Path directory) {
        try (MemoryKind kind = FileKinds.create(directory, 0)) {
            long block = kind.malloc(100_000);
            Pattern.fill(block, 100_000, block);
            Pattern.firstDamage(block, 100_000, block);
            kind.free(block);
        }
        open(directory.resolve("no such directory"), new ArrayList<>());
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
