package io.memkind.internal.jfr;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/** One of the allocations of a kind; see {@link AllocationSampler} for which ones. */
@Name("io.memkind.AllocationSample")
@Label("Allocation Sample")
@Category("Memkind")
@Description("A sample of the blocks that kinds allocate: the sum of the weights is an unbiased estimate of the bytes")
@Enabled(false)
@StackTrace
final class AllocationSampleEvent extends Event {
    @Label("Kind")
    @Nullable String kind;

    @Label("Requested Size")
    @DataAmount
    long byteSize;

    @Label("Weight")
    @Description("Bytes of allocations that the sample stands for")
    @DataAmount
    long weight;
}
