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

/** A range of addresses that a kind took from the system. */
@Name("io.memkind.ExtentMap")
@Label("Extent Map")
@Category("Memkind")
@Description("Address space mapped for a kind")
@Enabled(false)
@StackTrace
final class ExtentMapEvent extends Event {
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
