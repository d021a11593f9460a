/**
 * The agent that puts the off-heap memory of an unmodified program on kinds. Its jar is given to {@code java -javaagent}; as a
 * module it has the policies, for tools that make or check some.
 */
module io.memkind.agent {
    requires transitive io.memkind;
    requires java.instrument;
    requires static transitive org.jspecify;
    /* To be observed by JMX; the agent runs without it. */
    requires static java.management;

    exports io.memkind.agent.management;
    exports io.memkind.agent.policy;
}
