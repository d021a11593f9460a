package io.memkind.agent.policy;

/** A policy that is not understood, or cannot be. The message is one line that names the place, the value and the remedy. */
public final class PolicyException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    /**
     * An error of a policy.
     *
     * @param message where it is, what is there, and what could be instead
     */
    public PolicyException(String message) {
        super(message);
    }

    PolicyException(String message, Throwable cause) {
        super(message, cause);
    }

    PolicyException at(String place) {
        return new PolicyException(place + ": " + getMessage(), this);
    }
}
