package io.memkind.internal.probe;

import io.memkind.internal.extent.FaultyMemory;
import io.memkind.internal.os.Advice;
import io.memkind.internal.os.VirtualMemory;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Memory that can fail, on a machine of any nodes: a page is on the node that it was bound to, unless it went astray. */
public final class SimulatedNodes implements VirtualMemory {
    private final FaultyMemory memory = new FaultyMemory();
    private final Map<Long, Integer> nodes = new HashMap<>();
    private final Map<Integer, Integer> astray = new HashMap<>();

    /** The memory below: what is mapped, and what shall fail. */
    public FaultyMemory memory() {
        return memory;
    }

    /** From now on the last page of memory that is bound to a node is on another, or missing for -errno. */
    public void sendAstray(int node, int other) {
        astray.put(node, other);
    }

    @Override
    public synchronized long map(long byteSize, int extraFlags) {
        return memory.map(byteSize, extraFlags);
    }

    @Override
    public synchronized long replaceByZeros(long address, long byteSize) {
        return memory.replaceByZeros(address, byteSize);
    }

    @Override
    public synchronized int unmap(long address, long byteSize) {
        nodes.remove(address);
        return memory.unmap(address, byteSize);
    }

    @Override
    public synchronized int advise(long address, long byteSize, Advice advice) {
        return memory.advise(address, byteSize, advice);
    }

    @Override
    public synchronized int bind(long address, long byteSize, int mode, long[] nodeMask) {
        long[] anyNode = {1};
        int failed = memory.failedCalls().size();
        int result = memory.bind(address, byteSize, mode, anyNode);
        if (memory.failedCalls().size() > failed) {
            return result;
        }
        int word = nodeMask.length - 1;
        nodes.put(address, word * Long.SIZE + Long.numberOfTrailingZeros(nodeMask[word]));
        return 0;
    }

    @Override
    public synchronized long residentBytes(long address, long byteSize) {
        return memory.residentBytes(address, byteSize);
    }

    @Override
    public synchronized int nodesOf(long address, int[] found) {
        int failed = memory.failedCalls().size();
        int result = memory.nodesOf(address, found);
        if (memory.failedCalls().size() > failed) {
            return result;
        }
        int node = nodes.getOrDefault(address, 0);
        Arrays.fill(found, node);
        found[found.length - 1] = astray.getOrDefault(node, node);
        return 0;
    }

    @Override
    public synchronized int processBarrier() {
        return memory.processBarrier();
    }
}
