package io.memkind.agent.internal;

import io.memkind.Kinds;
import io.memkind.agent.internal.hook.HookInstaller;
import io.memkind.agent.internal.hook.JavaBase;
import io.memkind.agent.policy.PolicyException;
import java.lang.instrument.Instrumentation;
import org.jspecify.annotations.Nullable;

/** Starts the agent, and gives the running one commands. */
public final class AgentControl {
    private static @Nullable RunningAgent running;

    private AgentControl() {}

    /**
     * The first call starts the agent, later ones are commands to it.
     *
     * @param arguments what stands behind the jar in -javaagent
     * @param instrumentation of the JVM
     * @param atStart whether the program has not begun yet: then what goes wrong ends the process, with a line on standard error
     * @throws Exception what went wrong, else
     */
    public static synchronized void enter(String arguments, Instrumentation instrumentation, boolean atStart)
            throws Exception {
        try {
            AgentOptions options = AgentOptions.parse(arguments);
            RunningAgent agent = running;
            if (agent == null) {
                running = start(options, instrumentation);
            } else if (atStart) {
                throw new PolicyException("the agent is there twice; give one -javaagent for it");
            } else {
                agent.command(options);
            }
        } catch (PolicyException e) {
            if (!atStart) {
                throw e;
            }
            AgentLog.line(String.valueOf(e.getMessage()));
            Runtime.getRuntime().halt(1);
        }
    }

    private static RunningAgent start(AgentOptions options, Instrumentation instrumentation)
            throws ReflectiveOperationException {
        JavaBase.open(instrumentation);
        JavaBase.enableNativeAccess(AgentControl.class.getModule(), Kinds.class.getModule());
        RunningAgent agent = RunningAgent.open(options, System.getenv());
        try {
            HookInstaller.install(instrumentation, agent.redirector());
        } catch (Exception e) {
            /* The program runs as without the agent: that it does is worth more than where its memory is. */
            AgentLog.line("this JVM cannot be changed, and nothing is redirected: " + e.getMessage());
            return agent;
        }
        agent.begin();
        return agent;
    }
}
