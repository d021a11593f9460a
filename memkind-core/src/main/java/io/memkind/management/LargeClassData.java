package io.memkind.management;

/** The large blocks of one size. */
public interface LargeClassData {
    /** {@return size of each block in bytes} */
    long getBlockBytes();

    /** {@return number of blocks in use} */
    long getLiveBlocks();
}
