package io.memkind;

/**
 * The extents of a kind that are in one state.
 *
 * @param state {@code active}: in use by slabs and large blocks; {@code dirty}: free, with old content; {@code retained}:
 *     free and not resident
 * @param count number of extents: for active ones, of slabs and large blocks
 * @param byteSize bytes in them
 */
public record ExtentStatistics(String state, long count, long byteSize) {}
