package io.memkind.internal.extent;

import io.memkind.attribute.NodePolicy;
import io.memkind.internal.os.MemoryPolicy;
import java.util.List;

/**
 * A policy and its nodes as the kernel takes them.
 *
 * @param mode a mode of {@link MemoryPolicy}
 * @param words bit n of their concatenation stands for node n
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record NodeMask(int mode, long[] words) {
    static NodeMask of(NodePolicy policy, List<Integer> nodes) {
        int last = nodes.stream().mapToInt(Integer::intValue).max().orElse(0);
        long[] words = new long[last / 64 + 1];
        nodes.forEach(node -> words[node / 64] |= 1L << node);
        return new NodeMask(mode(policy), words);
    }

    private static int mode(NodePolicy policy) {
        return switch (policy) {
            case NONE -> MemoryPolicy.DEFAULT;
            case BIND -> MemoryPolicy.BIND;
            case PREFERRED -> MemoryPolicy.PREFERRED;
            case PREFERRED_MANY -> MemoryPolicy.PREFERRED_MANY;
            case INTERLEAVE -> MemoryPolicy.INTERLEAVE;
            case WEIGHTED_INTERLEAVE -> MemoryPolicy.WEIGHTED_INTERLEAVE;
        };
    }
}
