/**
 * What JMX shows of the kinds of a process: the {@linkplain io.memkind.management.KindsMXBean bean} and its data.
 *
 * <p>The library registers the bean in the platform's MBean server by itself, about a second after the first kind was
 * made, where the module {@code java.management} is there and {@code -Dio.memkind.management=false} is not given.
 */
@NullMarked
package io.memkind.management;

import org.jspecify.annotations.NullMarked;
