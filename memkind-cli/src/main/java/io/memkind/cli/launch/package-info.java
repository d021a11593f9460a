/** Starting an unmodified Java program under the agent. */
@org.jspecify.annotations.NullMarked
package io.memkind.cli.launch;
