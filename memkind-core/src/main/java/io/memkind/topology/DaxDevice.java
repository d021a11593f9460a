package io.memkind.topology;

import java.util.OptionalInt;

/**
 * A device of directly accessible memory, such as persistent memory or CXL ({@code /sys/bus/dax/devices/daxM.N}).
 *
 * @param name such as {@code dax0.0}
 * @param byteSize its size in bytes; 0 if unknown
 * @param targetNode the node that its memory has, or would have, as system memory; empty if the kernel does not tell
 * @param systemRam whether it is in use as system memory: bound to the driver {@code kmem}
 * @param backing what memory it is
 */
public record DaxDevice(String name, long byteSize, OptionalInt targetNode, boolean systemRam, DaxBacking backing) {
    /**
     * A device of unknown memory.
     *
     * @param name such as {@code dax0.0}
     * @param byteSize its size in bytes
     * @param targetNode the node of its memory
     * @param systemRam whether it is in use as system memory
     */
    public DaxDevice(String name, long byteSize, OptionalInt targetNode, boolean systemRam) {
        this(name, byteSize, targetNode, systemRam, DaxBacking.UNKNOWN);
    }
}
