/**
 * How fast the memory of the running machine is, measured where the firmware does not tell: from each node with processors
 * to each node with memory. What was measured is kept in the user's cache directory, for kinds to go by.
 *
 * <p>Start at {@link io.memkind.measure.AttributeMeasurement} to measure, and at {@link io.memkind.measure.MeasuredUse} to
 * use what was measured.
 */
@NullMarked
package io.memkind.measure;

import org.jspecify.annotations.NullMarked;
