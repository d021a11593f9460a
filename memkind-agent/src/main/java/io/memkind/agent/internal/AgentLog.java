package io.memkind.agent.internal;

/** Lines on standard error. */
final class AgentLog {
    private AgentLog() {}

    static void line(String text) {
        System.err.println("memkind: " + text);
    }
}
