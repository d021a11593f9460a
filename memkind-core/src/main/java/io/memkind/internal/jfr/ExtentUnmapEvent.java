package io.memkind.internal.jfr;

import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;

/** A range of addresses that a kind gave back to the system. */
@Name("io.memkind.ExtentUnmap")
@Label("Extent Unmap")
@Description("Address space unmapped for a kind")
final class ExtentUnmapEvent extends ExtentEvent {}
