package io.memkind.internal.jfr;

import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;

/** A range of addresses that a kind took from the system. */
@Name("io.memkind.ExtentMap")
@Label("Extent Map")
@Description("Address space mapped for a kind")
final class ExtentMapEvent extends ExtentEvent {}
