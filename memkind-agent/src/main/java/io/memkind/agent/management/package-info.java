/** What JMX shows of the agent. */
@org.jspecify.annotations.NullMarked
package io.memkind.agent.management;
