/**
 * The step from the program's class path to the agent's own modules. All else of the agent is loaded a second time, in a layer that
 * the program does not see: its classes and versions stay apart from ours, and native access is granted to ours alone.
 */
@org.jspecify.annotations.NullMarked
package io.memkind.agent.boot;
