/**
 * Which memory of an unmodified program goes where: the model, and the texts that it is read from, which are a policy file, the
 * variables of the C library's tiering and of its autohbw. Data only: nothing here allocates.
 */
@org.jspecify.annotations.NullMarked
package io.memkind.agent.policy;
