package io.memkind.agent.entry;

import java.lang.instrument.Instrumentation;
import java.lang.reflect.InvocationTargetException;

/**
 * Where the JVM enters the agent. Compiled for Java 8, since JAVA_TOOL_OPTIONS reaches every JVM that a script starts: in one that
 * is too old the agent says so and does nothing.
 */
public final class AgentEntry {
    private static final int NEEDED = 25;
    private static final String AGENT = "io.memkind.agent.boot.AgentLayer";

    private AgentEntry() {}

    /** By -javaagent. */
    public static void premain(String arguments, Instrumentation instrumentation) throws Throwable {
        enter(arguments, instrumentation, true);
    }

    /** By the attach mechanism, any number of times. */
    public static void agentmain(String arguments, Instrumentation instrumentation) throws Throwable {
        enter(arguments, instrumentation, false);
    }

    private static void enter(String arguments, Instrumentation instrumentation, boolean atStart) throws Throwable {
        String version = System.getProperty("java.specification.version", "");
        if (version.startsWith("1.") || Integer.parseInt(version) < NEEDED) {
            System.err.println("memkind: the agent needs Java " + NEEDED + " or newer; this is Java " + version
                    + ", which it leaves as it is");
            return;
        }
        try {
            Class.forName(AGENT)
                    .getMethod("enter", String.class, Instrumentation.class, boolean.class)
                    .invoke(null, arguments, instrumentation, atStart);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
