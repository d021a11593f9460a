package io.memkind.agent.internal.redirect;

/** The JVM's own allocator, for a block that has to leave its target. Called inside a hook. */
public interface JvmMemory {
    /**
     * Allocates.
     *
     * @param byteSize size in bytes, more than 0
     * @return the address
     * @throws OutOfMemoryError if the JVM has no memory either
     */
    long allocate(long byteSize);
}
