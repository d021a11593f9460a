package io.memkind.internal.extent;

/**
 * A range of addresses and the range of a file that is mapped there.
 *
 * @param address its first byte
 * @param byteSize length of both ranges
 * @param file the file
 * @param offset first byte in the file
 */
record FileRegion(long address, long byteSize, BackingFile file, long offset) {
    long end() {
        return address + byteSize;
    }

    /** Where in the file the byte at an address of the region is. */
    long offsetOf(long at) {
        return offset + (at - address);
    }
}
