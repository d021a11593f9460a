/**
 * The events for Flight Recorder, and what turns them on: the one place that uses the module {@code jdk.jfr}, loaded only
 * where that is present.
 *
 * <p>All events are off unless a recording asks for them. Then, and only then, each heap has an observer.
 */
@NullMarked
package io.memkind.internal.jfr;

import org.jspecify.annotations.NullMarked;
