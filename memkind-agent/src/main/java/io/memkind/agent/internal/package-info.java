/** The agent as a whole: its options, its start, its end. */
@org.jspecify.annotations.NullMarked
package io.memkind.agent.internal;
