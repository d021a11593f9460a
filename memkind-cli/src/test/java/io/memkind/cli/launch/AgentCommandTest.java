package io.memkind.cli.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AgentCommandTest {
    private static final Path JAR = Path.of("/a/agent.jar");

    @Test
    void javaGetsTheAgentAsItsFirstOption() {
        Map<String, String> environment = new HashMap<>();

        assertThat(AgentCommand.of(List.of("/jdk/bin/java", "-cp", "x", "Main"), JAR, "kind=hbw", false, environment))
                .containsExactly("/jdk/bin/java", "-javaagent:/a/agent.jar=kind=hbw", "-cp", "x", "Main");
        assertThat(environment).isEmpty();
    }

    @Test
    void othersGetTheVariable() {
        Map<String, String> environment = new HashMap<>(Map.of("JAVA_TOOL_OPTIONS", "-Da=b"));

        assertThat(AgentCommand.of(List.of("spark-submit", "x"), JAR, "kind=hbw", false, environment))
                .containsExactly("spark-submit", "x");
        assertThat(environment).containsEntry("JAVA_TOOL_OPTIONS", "-Da=b -javaagent:/a/agent.jar=kind=hbw");

        environment.clear();
        assertThat(AgentCommand.of(List.of("java", "x"), Path.of("/a b"), "policy=it's", true, environment))
                .containsExactly("java", "x");
        assertThat(environment.get("JAVA_TOOL_OPTIONS")).contains("\" \"").contains("\"'\"");
    }
}
