package io.memkind.agent.policy;

/** What happens when the memory that a policy names has no room for a request, or is not available at all. */
public enum FailureAction {
    /** The JVM's own memory serves the request, and the agent counts that. */
    FALL_BACK,
    /** The program gets an {@link OutOfMemoryError}; if the memory is not available, it does not start. */
    THROW
}
