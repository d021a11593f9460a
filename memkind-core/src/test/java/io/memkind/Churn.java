package io.memkind;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Random allocation and freeing by one thread among several that hand blocks to each other. Every byte is verified. */
final class Churn {
    private record Block(long address, long byteSize, long key) {}

    private static final int MOST_HANDED = 500;

    private final MemoryKind kind;
    private final ConcurrentLinkedQueue<Block> handed = new ConcurrentLinkedQueue<>();

    Churn(MemoryKind kind) {
        this.kind = kind;
    }

    void run(int seed, int operations) {
        Random random = Seeds.random(seed);
        List<Block> own = new ArrayList<>();
        for (int i = 0; i < operations; i++) {
            int choice = random.nextInt(100);
            if (choice < 45 || own.isEmpty()) {
                own.add(allocate(random));
            } else if (choice < 65) {
                free(own.remove(random.nextInt(own.size())));
            } else if (choice < 80 && handed.size() < MOST_HANDED) {
                handed.add(own.remove(random.nextInt(own.size())));
            } else {
                Block other = handed.poll();
                free(other == null ? own.removeLast() : other);
            }
            if (own.size() > 400) {
                own.subList(200, own.size()).forEach(this::free);
                own.subList(200, own.size()).clear();
            }
        }
        own.forEach(this::free);
    }

    private Block allocate(Random random) {
        double u = random.nextDouble();
        long size = 1 + (long) Math.pow(2, 19 * u * u);
        boolean zeroed = random.nextBoolean();
        long address = zeroed ? kind.calloc(1, size) : kind.malloc(size);
        if (zeroed) {
            assertThat(Pattern.firstNonZero(address, size)).as("zeroed").isEqualTo(-1);
        }
        Block block = new Block(address, size, random.nextLong());
        Pattern.fill(address, size, block.key());
        return block;
    }

    private void free(Block block) {
        assertThat(Pattern.firstDamage(block.address(), block.byteSize(), block.key()))
                .as("damage to %s", block)
                .isEqualTo(-1);
        if ((block.key() & 1) == 0) {
            kind.free(block.address(), block.byteSize());
        } else {
            kind.free(block.address());
        }
    }

    /** Frees what nobody has taken. */
    void freeHanded() {
        for (Block block = handed.poll(); block != null; block = handed.poll()) {
            free(block);
        }
    }
}
