/** Requests of the program on their way to kinds: which target a request has, what the agent counts, and how blocks come back. */
@org.jspecify.annotations.NullMarked
package io.memkind.agent.internal.redirect;
