package io.memkind;

/**
 * The large blocks of one size: blocks that are extents of their own.
 *
 * @param blockByteSize size of each in bytes
 * @param liveBlocks number of blocks in use
 */
public record LargeClassStatistics(long blockByteSize, long liveBlocks) {}
