package io.memkind.records;

import io.memkind.MemoryKind;
import io.memkind.RecordAllocator;
import io.memkind.SharedReference;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;

/** A hash map from long to long by chains of records, each a block of its own. */
final class OffHeapMap implements AutoCloseable {
    private static final StructLayout NODE = MemoryLayout.structLayout(
            ValueLayout.JAVA_LONG.withName("key"),
            ValueLayout.JAVA_LONG.withName("value"),
            ValueLayout.JAVA_LONG.withName("next"));
    private static final VarHandle KEY = NODE.varHandle(PathElement.groupElement("key"));
    private static final VarHandle VALUE = NODE.varHandle(PathElement.groupElement("value"));
    private static final VarHandle NEXT = NODE.varHandle(PathElement.groupElement("next"));

    private final RecordAllocator nodes;
    private final RecordAllocator links;
    private final MemorySegment table;
    private final int slotCount;
    private long size;

    OffHeapMap(SharedReference<MemoryKind> kind, int slotCount) {
        this.nodes = RecordAllocator.of(kind, NODE);
        this.links = nodes.forLayout(ValueLayout.JAVA_LONG);
        this.table = links.allocate(slotCount);
        this.slotCount = slotCount;
    }

    @SuppressWarnings("restricted")
    private static MemorySegment node(long address) {
        return MemorySegment.ofAddress(address).reinterpret(NODE.byteSize());
    }

    private int slot(long key) {
        return Math.floorMod(Long.hashCode(key * 0x9E3779B97F4A7C15L), slotCount);
    }

    private long find(long key) {
        long address = table.getAtIndex(ValueLayout.JAVA_LONG, slot(key));
        while (address != 0 && (long) KEY.get(node(address), 0L) != key) {
            address = (long) NEXT.get(node(address), 0L);
        }
        return address;
    }

    void put(long key, long value) {
        long address = find(key);
        if (address == 0) {
            MemorySegment added = nodes.allocate(1);
            KEY.set(added, 0L, key);
            NEXT.set(added, 0L, table.getAtIndex(ValueLayout.JAVA_LONG, slot(key)));
            address = added.address();
            table.setAtIndex(ValueLayout.JAVA_LONG, slot(key), address);
            size++;
        }
        VALUE.set(node(address), 0L, value);
    }

    /** The value, or {@code otherwise}. */
    long get(long key, long otherwise) {
        long address = find(key);
        return address == 0 ? otherwise : (long) VALUE.get(node(address), 0L);
    }

    boolean remove(long key) {
        long found = find(key);
        if (found == 0) {
            return false;
        }
        long next = (long) NEXT.get(node(found), 0L);
        long before = table.getAtIndex(ValueLayout.JAVA_LONG, slot(key));
        if (before == found) {
            table.setAtIndex(ValueLayout.JAVA_LONG, slot(key), next);
        } else {
            while ((long) NEXT.get(node(before), 0L) != found) {
                before = (long) NEXT.get(node(before), 0L);
            }
            NEXT.set(node(before), 0L, next);
        }
        nodes.free(node(found));
        size--;
        return true;
    }

    long size() {
        return size;
    }

    @Override
    public void close() {
        for (int i = 0; i < slotCount; i++) {
            long address = table.getAtIndex(ValueLayout.JAVA_LONG, i);
            while (address != 0) {
                long next = (long) NEXT.get(node(address), 0L);
                nodes.free(node(address));
                address = next;
            }
        }
        links.free(table);
        links.close();
        nodes.close();
    }
}
