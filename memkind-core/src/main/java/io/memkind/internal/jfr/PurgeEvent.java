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

/** Memory that a kind gave back while its addresses stay mapped. */
@Name("io.memkind.Purge")
@Label("Purge")
@Category("Memkind")
@Description("Memory of a kind given back to the system; its addresses stay mapped")
@Enabled(false)
@StackTrace
final class PurgeEvent extends Event {
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
