package io.memkind.internal.jfr;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.MemoryAddress;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;
import org.jspecify.annotations.Nullable;

/** What events about a range of addresses have in common; its annotations hold for them, too. */
@Category("Memkind")
@Enabled(false)
@StackTrace
abstract class ExtentEvent extends Event {
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
