package io.memkind.internal.jfr;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.MemoryAddress;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;
import org.jspecify.annotations.Nullable;

/** A range of addresses that a kind gave back to the system. */
@Name("io.memkind.ExtentUnmap")
@Label("Extent Unmap")
@Category("Memkind")
@Description("Address space unmapped for a kind")
@Enabled(false)
@StackTrace
final class ExtentUnmapEvent extends Event {
    @Label("Kind")
    @Nullable String kind;

    @Label("Address")
    @MemoryAddress
    long address;

    @Label("Size")
    @DataAmount
    long byteSize;

    @Label("Call Time")
    @Description("How long the system calls took")
    @Timespan
    long callTime;
}
