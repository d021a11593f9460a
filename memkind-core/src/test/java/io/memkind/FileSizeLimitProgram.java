package io.memkind;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** For {@link ChildProcessTest}: fills a file kind in a directory until it fails, writes all of it, and says how it went. */
final class FileSizeLimitProgram {
    private static final long BLOCK_BYTES = 3L << 20;
    private static final int MOST_BLOCKS = 40;

    private FileSizeLimitProgram() {}

    public static void main(String[] arguments) {
        try (MemoryKind kind = FileKinds.create(Path.of(arguments[0]), 0)) {
            List<Long> live = new ArrayList<>();
            String end = "no failure";
            try {
                while (live.size() < MOST_BLOCKS) {
                    live.add(kind.malloc(BLOCK_BYTES));
                }
                kind.malloc(32L << 20);
            } catch (KindExhaustedException e) {
                end = String.valueOf(e.getMessage());
            }
            live.forEach(block -> Pattern.fill(block, BLOCK_BYTES, block));
            for (long block : live) {
                if (Pattern.firstDamage(block, BLOCK_BYTES, block) != -1) {
                    end = "damage";
                }
            }
            System.out.println(live.size() + " blocks: " + end);
        } catch (java.io.UncheckedIOException e) {
            System.out.println("refused: " + e.getMessage());
        }
    }
}
