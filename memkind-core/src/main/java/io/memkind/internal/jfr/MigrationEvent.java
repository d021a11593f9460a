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

/** A block of tiered memory that moved to another kind. */
@Name("io.memkind.Migration")
@Label("Migration")
@Category("Memkind")
@Description("A block of tiered memory moved to another kind, since its own had no memory for its new size")
@Enabled(false)
@StackTrace
final class MigrationEvent extends Event {
    @Label("Tiered Memory")
    @Nullable String memory;

    @Label("Kind")
    @Description("The kind that the block left")
    @Nullable String kind;

    @Label("New Kind")
    @Description("The kind that the block is in now")
    @Nullable String newKind;

    @Label("Size")
    @Description("The new size of the block, as asked for")
    @DataAmount
    long byteSize;

    @Label("Copied Size")
    @Description("Bytes of content that moved")
    @DataAmount
    long copiedBytes;

    /** Without room for an event on the Java heap there is none. */
    static void commit(String memory, String kind, String newKind, long byteSize, long copiedBytes) {
        KindRecorder.commit(() -> {
            MigrationEvent event = new MigrationEvent();
            event.memory = memory;
            event.kind = kind;
            event.newKind = newKind;
            event.byteSize = byteSize;
            event.copiedBytes = copiedBytes;
            event.commit();
        });
    }
}
