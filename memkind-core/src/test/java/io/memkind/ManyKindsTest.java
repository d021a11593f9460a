package io.memkind;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Ten thousand kinds at once, all in use. */
class ManyKindsTest {
    private static final int COUNT = 10_000;

    private static void useAndClose(List<MemoryKind> kinds) {
        List<Long> blocks = new ArrayList<>();
        for (MemoryKind kind : kinds) {
            long block = kind.malloc(1000);
            Pattern.fill(block, 1000, block);
            blocks.add(block);
        }
        for (int i = 0; i < kinds.size(); i += 97) {
            assertThat(MemoryKind.detect(blocks.get(i))).containsSame(kinds.get(i));
        }
        for (int i = 0; i < kinds.size(); i++) {
            long block = blocks.get(i);
            assertThat(Pattern.firstDamage(block, 1000, block)).isEqualTo(-1);
            kinds.get(i).free(block);
            kinds.get(i).free(kinds.get(i).malloc(40_000));
        }
        kinds.forEach(MemoryKind::close);
    }

    /* As many as the process may have files, less some for itself. */
    private static int allowedFiles() {
        long allowed = ((com.sun.management.UnixOperatingSystemMXBean)
                        java.lang.management.ManagementFactory.getOperatingSystemMXBean())
                .getMaxFileDescriptorCount();
        if (allowed < COUNT + 500) {
            System.out.println("Fewer than " + COUNT + " file kinds: RLIMIT_NOFILE is " + allowed);
        }
        return (int) Math.min(COUNT, allowed - 500);
    }

    @Test
    void tenThousandFileKinds() {
        Path directory = TestDirectories.onDisk();
        List<MemoryKind> kinds = new ArrayList<>();
        int count = allowedFiles();
        for (int i = 0; i < count; i++) {
            kinds.add(FileKinds.create(directory, i % 2 == 0 ? 0 : 16 << 20));
        }
        assertThat(TestDirectories.openFilesIn(directory)).isEqualTo(count);
        useAndClose(kinds);
        assertThat(TestDirectories.openFilesIn(directory)).isZero();
    }

    @Test
    void tenThousandFixedKinds() {
        long bytes = 128 << 10;
        try (Arena arena = Arena.ofShared()) {
            MemorySegment all = arena.allocate(COUNT * bytes, bytes);
            List<MemoryKind> kinds = new ArrayList<>();
            for (int i = 0; i < COUNT; i++) {
                kinds.add(FixedKinds.create(all.asSlice(i * bytes, bytes)));
            }
            useAndClose(kinds);
        }
    }
}
