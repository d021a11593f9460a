package io.memkind.internal.heap;

import static org.assertj.core.api.Assertions.assertThat;

import io.memkind.Pattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** What a heap ought to hold: live blocks by address, with the key of the pattern that each is filled with. */
final class BlockModel {
    record Block(long address, long byteSize, long usableBytes, long key) {
        long end() {
            return address + usableBytes;
        }
    }

    private final TreeMap<Long, Block> byAddress = new TreeMap<>();
    /* The same blocks, to draw from. */
    private final List<Block> drawable = new ArrayList<>();
    private final String description;
    private long nextKey;
    private long allocatedBytes;
    private long requestedBytes;

    BlockModel(String description) {
        this.description = description;
    }

    boolean isEmpty() {
        return drawable.isEmpty();
    }

    int count() {
        return drawable.size();
    }

    /** The sum of the usable sizes. */
    long allocatedBytes() {
        return allocatedBytes;
    }

    /** The sum of the sizes asked for. */
    long requestedBytes() {
        return requestedBytes;
    }

    Block any(Random random) {
        return drawable.get(random.nextInt(drawable.size()));
    }

    /** A block came into being: it must be aligned, large enough and apart from all others. Fills it. */
    void add(long address, long byteSize, long usableBytes, long byteAlignment) {
        assertThat(address & (byteAlignment - 1))
                .as("alignment, %s", description)
                .isZero();
        assertThat(usableBytes).as("usable size, %s", description).isGreaterThanOrEqualTo(byteSize);
        Block block = new Block(address, byteSize, usableBytes, nextKey++);
        Map.Entry<Long, Block> below = byAddress.lowerEntry(block.end());
        assertThat(below == null || below.getValue().end() <= address)
                .as("%s is apart from %s, %s", block, below, description)
                .isTrue();
        byAddress.put(address, block);
        drawable.add(block);
        allocatedBytes += usableBytes;
        requestedBytes += byteSize;
        Pattern.fill(address, byteSize, block.key());
    }

    /** A block is about to go: its content must be what was put there. */
    void remove(Block block) {
        assertIntact(block, block.byteSize());
        forget(block);
    }

    /** A block is now elsewhere or of another size: its first {@code keptBytes}, at {@code address}, must be as they were. */
    void move(Block block, long address, long keptBytes) {
        assertThat(Pattern.firstDamage(address, keptBytes, block.key()))
                .as("damage to moved %s, %s", block, description)
                .isEqualTo(-1);
        forget(block);
    }

    private void forget(Block block) {
        byAddress.remove(block.address());
        int place = drawable.indexOf(block);
        drawable.set(place, drawable.getLast());
        drawable.removeLast();
        allocatedBytes -= block.usableBytes();
        requestedBytes -= block.byteSize();
    }

    private void assertIntact(Block block, long bytes) {
        assertThat(Pattern.firstDamage(block.address(), bytes, block.key()))
                .as("damage to %s, %s", block, description)
                .isEqualTo(-1);
    }

    void assertAllIntact() {
        drawable.forEach(block -> assertIntact(block, block.byteSize()));
    }

    /** Whether a live block starts at the address. */
    boolean startsAt(long address) {
        return byAddress.containsKey(address);
    }
}
