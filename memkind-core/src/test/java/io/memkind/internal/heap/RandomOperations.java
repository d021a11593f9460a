package io.memkind.internal.heap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.memkind.Pattern;
import java.util.Random;

/** Draws operations, legal and not, and does each to a heap and to its model. */
final class RandomOperations {
    private static final long MOST_BYTES = 64L << 20;
    private static final int CHECK_PERIOD = 2_000;

    private final Heap heap;
    private final Random random;
    private final String description;
    private final BlockModel model;
    private final boolean isAlone;
    private int steps;
    private long lastFreed;

    RandomOperations(Heap heap, Random random, String description) {
        this(heap, random, description, true);
    }

    /** @param isAlone nobody else uses the heap, so that its counts are the model's */
    RandomOperations(Heap heap, Random random, String description, boolean isAlone) {
        this.heap = heap;
        this.isAlone = isAlone;
        this.random = random;
        this.description = description;
        this.model = new BlockModel(description);
    }

    /* 1 byte to 8 MiB: every magnitude occurs, small ones most. */
    private long size() {
        double u = random.nextDouble();
        return 1 + (long) Math.pow(2, 23 * u * u * u * u);
    }

    void step() {
        boolean full = model.requestedBytes() > MOST_BYTES || model.count() > 3_000;
        int choice = full ? 60 + random.nextInt(40) : random.nextInt(100);
        if (choice < 60 || model.isEmpty()) {
            allocate(choice);
        } else if (choice < 70) {
            reallocate();
        } else if (choice < 75) {
            illegal();
        } else {
            free();
        }
        if (++steps % CHECK_PERIOD == 0) {
            check();
        }
    }

    private void allocate(int choice) {
        long size = size();
        long alignment = choice % 5 == 0 ? 1L << random.nextInt(18) : size <= 8 ? 8 : 16;
        boolean zeroed = choice % 2 == 0;
        long block;
        if (choice % 5 == 0) {
            block = zeroed ? heap.allocateAlignedZeroed(size, alignment) : heap.allocateAligned(size, alignment);
        } else {
            block = zeroed ? heap.allocateZeroed(size) : heap.allocate(size);
        }
        if (zeroed) {
            assertThat(Pattern.firstNonZero(block, size))
                    .as("zeroed, %s", description)
                    .isEqualTo(-1);
        }
        model.add(block, size, heap.usableBytes(block), alignment);
    }

    private void free() {
        BlockModel.Block block = model.any(random);
        assertThat(heap.usableBytes(block.address())).as(description).isEqualTo(block.usableBytes());
        model.remove(block);
        heap.free(block.address());
        lastFreed = block.address();
    }

    private void reallocate() {
        BlockModel.Block block = model.any(random);
        long size = random.nextBoolean() ? size() : Math.max(1, block.byteSize() * (1 + random.nextInt(8)) / 4);
        long moved = heap.reallocate(block.address(), size);
        model.move(block, moved, Math.min(size, block.byteSize()));
        model.add(moved, size, heap.usableBytes(moved), size <= 8 ? 8 : 16);
    }

    private void illegal() {
        BlockModel.Block block = model.any(random);
        long inside = block.address() + 1 + random.nextLong(Math.max(1, block.usableBytes() - 1));
        long freed = isAlone ? lastFreed : inside; // somebody else's block by now
        for (long address : new long[] {inside, freed, random.nextLong(), random.nextLong() >>> 17 & -16}) {
            if (!model.startsAt(address)) {
                assertThatExceptionOfType(AddressRefusedException.class)
                        .as("free of 0x%x, %s", address, description)
                        .isThrownBy(() -> heap.free(address));
                assertThatExceptionOfType(AddressRefusedException.class)
                        .as("resize of 0x%x, %s", address, description)
                        .isThrownBy(() -> heap.reallocate(address, 100));
            }
        }
    }

    private void check() {
        assertCounted("before trim");
        model.assertAllIntact();
        if (random.nextInt(3) == 0) {
            heap.trim();
            assertCounted("after trim");
            model.assertAllIntact();
        }
    }

    private void assertCounted(String when) {
        if (isAlone) {
            assertThat(heap.census().allocatedBytes())
                    .as("%s, %s", when, description)
                    .isEqualTo(model.allocatedBytes());
        }
    }

    void freeAll() {
        check();
        while (!model.isEmpty()) {
            free();
        }
    }
}
