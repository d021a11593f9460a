/** What the agent tells of the program: how much went where, and what is live, allocated by whom. */
@org.jspecify.annotations.NullMarked
package io.memkind.agent.internal.report;
