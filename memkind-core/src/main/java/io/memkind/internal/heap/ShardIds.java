package io.memkind.internal.heap;

/** Numbers for the shards of all heaps, 1 to {@link BlockMap#MAX_SHARD_ID}, unique among the living. */
final class ShardIds {
    private static int[] returned = new int[16];
    private static int returnedCount;
    private static int last;

    private ShardIds() {}

    /** @throws IllegalStateException if all are in use */
    static synchronized int take() {
        if (returnedCount > 0) {
            return returned[--returnedCount];
        }
        if (last == BlockMap.MAX_SHARD_ID) {
            throw new IllegalStateException(
                    "more than " + BlockMap.MAX_SHARD_ID + " shards: close kinds that are no longer used");
        }
        return ++last;
    }

    static synchronized void giveBack(int id) {
        if (returnedCount == returned.length) {
            returned = java.util.Arrays.copyOf(returned, 2 * returnedCount);
        }
        returned[returnedCount++] = id;
    }
}
