/** The allocator of oneTBB as a heap manager. */
@NullMarked
package io.memkind.tbb;

import org.jspecify.annotations.NullMarked;
