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

/** A request that a kind refused for want of memory. */
@Name("io.memkind.KindExhausted")
@Label("Kind Exhausted")
@Category("Memkind")
@Description("A kind had no memory for a request")
@Enabled(false)
@StackTrace
final class KindExhaustedEvent extends Event {
    @Label("Kind")
    @Nullable String kind;

    @Label("Requested Size")
    @DataAmount
    long byteSize;

    @Label("Reason")
    @Nullable String reason;

    @Label("Active Size")
    @Description("Bytes in slabs and large blocks")
    @DataAmount
    long activeBytes;

    @Label("Limit")
    @Description("The limit of the kind; the largest long for none")
    @DataAmount
    long limitBytes;
}
