package io.memkind.agent.internal.hook;

/** What the changed methods of the JDK ask first. Called on any thread, from anywhere; thread-safe. */
public interface MemoryHooks {
    /** What {@link #reallocate} gives when the JDK is to go on as without the agent. */
    long DECLINED = -1;

    /**
     * Instead of malloc(3).
     *
     * @param byteSize any number
     * @return a block, aligned as by malloc; or 0 when the JDK is to go on as without the agent
     * @throws OutOfMemoryError if the policy has it thrown
     */
    long allocate(long byteSize);

    /**
     * Instead of free(3). Throws nothing: the JDK ends the process when a cleaner throws.
     *
     * @param address any number
     * @return false if it is not our block, and the JDK is to go on as without the agent
     */
    boolean free(long address);

    /**
     * Instead of realloc(3).
     *
     * @param address any number
     * @param byteSize any number
     * @return the block, perhaps moved; or {@link #DECLINED}
     * @throws OutOfMemoryError if the policy has it thrown; the block is as it was
     */
    long reallocate(long address, long byteSize);

    /**
     * Whether an address can be that of our block.
     *
     * @param address any number
     * @return false if it cannot
     */
    boolean owns(long address);

    /**
     * Instead of malloc_usable_size(3).
     *
     * @param address a block of ours
     * @return its size in bytes
     */
    long usableSize(long address);
}
