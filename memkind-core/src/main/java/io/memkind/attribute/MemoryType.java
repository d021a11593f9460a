package io.memkind.attribute;

/** Sorts of memory to choose from. */
public enum MemoryType {
    /** Whatever memory the system has. */
    DEFAULT,
    /** Memory of high bandwidth. */
    HIGH_BANDWIDTH
}
