/**
 * Benchmarks with JMH, each beside its baselines, and comparisons with native allocators in processes of their own. Started
 * by {@code memkind-bench/run}.
 */
@NullMarked
package io.memkind.bench;

import org.jspecify.annotations.NullMarked;
