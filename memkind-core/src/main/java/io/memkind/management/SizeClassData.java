package io.memkind.management;

/** The blocks of one size class. */
public interface SizeClassData {
    /** {@return size of each block in bytes} */
    long getBlockBytes();

    /** {@return number of blocks in use} */
    long getLiveBlocks();

    /** {@return number of slabs that they are in} */
    long getSlabs();
}
