package io.memkind;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;

/** Runs {@link KindContract} for file kinds and fixed kinds. */
class DynamicKindContractTest {
    abstract static class FileKindContract extends KindContract {
        private final Path directory;

        FileKindContract(Path directory) {
            super(Kinds.DEFAULT);
            this.directory = directory;
        }

        FileKindBuilder configure(FileKindBuilder builder) {
            return builder;
        }

        @Override
        MemoryKind openKind() {
            return configure(FileKinds.builder(directory)).build();
        }
    }

    @Nested
    class FileInMemory extends FileKindContract {
        FileInMemory() {
            super(TestDirectories.inMemory());
        }
    }

    @Nested
    class FileOnDisk extends FileKindContract {
        FileOnDisk() {
            super(TestDirectories.onDisk());
        }
    }

    @Nested
    class FileWithALimit extends FileKindContract {
        FileWithALimit() {
            super(TestDirectories.inMemory());
        }

        @Override
        FileKindBuilder configure(FileKindBuilder builder) {
            return builder.limitBytes(64 << 20);
        }
    }

    @Nested
    class FileConservative extends FileKindContract {
        FileConservative() {
            super(TestDirectories.inMemory());
        }

        @Override
        FileKindBuilder configure(FileKindBuilder builder) {
            return builder.memoryUsagePolicy(MemoryUsagePolicy.CONSERVATIVE);
        }
    }

    @Nested
    class FileHog extends FileKindContract {
        FileHog() {
            super(TestDirectories.inMemory());
        }

        @Override
        FileKindBuilder configure(FileKindBuilder builder) {
            return builder.hogMemory(true);
        }

        @Override
        public boolean givesMemoryBack() {
            return false;
        }
    }

    /** All tests use the same memory, so that each finds what the ones before it have left there. */
    @Nested
    class Fixed extends KindContract {
        private static final long BYTES = 96 << 20;
        private static final Arena ARENA = Arena.ofShared();
        private static final MemorySegment MEMORY = ARENA.allocate(BYTES, 1 << 20);

        Fixed() {
            super(Kinds.DEFAULT);
        }

        @BeforeAll
        static void dirty() {
            MEMORY.fill((byte) 0xA5);
        }

        @AfterAll
        static void giveBack() {
            ARENA.close();
        }

        @Override
        MemoryKind openKind() {
            return FixedKinds.create(MEMORY);
        }

        @Override
        public long largestAlignment() {
            return 16 << 20;
        }

        @Override
        public MemoryKind another(long limitBytes) {
            MemorySegment own = ARENA.allocate(limitBytes, 4096);
            own.fill((byte) 0x5A);
            return FixedKinds.create(own);
        }

        @Override
        public boolean givesMemoryBack() {
            return false;
        }
    }
}
