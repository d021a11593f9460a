package io.memkind;

/**
 * The blocks of one size class.
 *
 * @param blockByteSize size of each block in bytes
 * @param liveBlocks number of blocks in use
 * @param slabs number of slabs that they are in
 */
public record SizeClassStatistics(long blockByteSize, long liveBlocks, long slabs) {}
