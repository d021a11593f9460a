package io.memkind.internal.jfr;

import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;

/** Memory that a kind gave back while its addresses stay mapped. */
@Name("io.memkind.Purge")
@Label("Purge")
@Description("Memory of a kind given back to the system; its addresses stay mapped")
final class PurgeEvent extends ExtentEvent {}
