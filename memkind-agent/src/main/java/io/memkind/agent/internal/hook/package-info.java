/** The JDK's own methods that ask for memory, and what is changed in them. Knows functions only, and nothing of kinds. */
@org.jspecify.annotations.NullMarked
package io.memkind.agent.internal.hook;
