package io.memkind.agent.management;

import java.util.List;

/** The agent, in the platform's MBean server. All sizes in bytes; all counts since the start. */
public interface AgentMXBean {
    /** The name that the bean is registered by. */
    String OBJECT_NAME = "io.memkind:type=Agent";

    /** {@return whether new requests are redirected} */
    boolean isEnabled();

    /**
     * Switches redirecting of new requests on or off. Blocks go back to their owners in any case.
     *
     * @param enabled true for on
     */
    void setEnabled(boolean enabled);

    /** {@return the targets, in the order of the policy; last the JVM itself, by the name {@code jvm}} */
    List<TargetData> getTargets();

    /** {@return the part of all bytes asked for that targets served, from 0 to 1; 1 if nothing was asked for} */
    double getRedirectedShare();

    /** {@return how many frees of what was no live block were refused} */
    long getRefusedFrees();

    /**
     * Writes what is live into a file.
     *
     * @param file its name; {@code .html}, {@code .collapsed} or any other ending, for text
     * @throws IllegalStateException if the agent was started without samples
     * @throws java.io.UncheckedIOException if the file cannot be written
     */
    void writeLiveBlocks(String file);
}
