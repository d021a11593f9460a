package io.memkind.cli.launch;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A command line with the agent in it. */
public final class AgentCommand {
    private static final String TOOL_OPTIONS = "JAVA_TOOL_OPTIONS";

    private AgentCommand() {}

    /**
     * Puts the agent into a program: in front of the arguments if it is {@code java}; else into the variable {@value #TOOL_OPTIONS},
     * which the JVMs that a script or a build starts heed.
     *
     * @param command the program and its arguments
     * @param jar the agent's jar
     * @param options the agent's options
     * @param children whether to take the variable in any case, so that JVMs that the program starts have the agent, too
     * @param environment of the program, which is changed
     * @return the command to start
     */
    public static List<String> of(
            List<String> command, Path jar, String options, boolean children, Map<String, String> environment) {
        String agent = "-javaagent:" + jar + "=" + options;
        List<String> result = new ArrayList<>(command);
        Path program = Path.of(command.get(0)).getFileName();
        if (!children && program != null && program.toString().equals("java")) {
            result.add(1, agent);
            return result;
        }
        String before = environment.getOrDefault(TOOL_OPTIONS, "");
        environment.put(TOOL_OPTIONS, before.isBlank() ? quoted(agent) : before + " " + quoted(agent));
        return result;
    }

    /* The JVM splits the variable at blanks outside quotes; there is no escape for a quote. */
    private static String quoted(String option) {
        boolean plain = option.chars().noneMatch(c -> Character.isWhitespace(c) || c == '"' || c == '\'');
        if (plain) {
            return option;
        }
        StringBuilder text = new StringBuilder();
        for (char c : option.toCharArray()) {
            char quote = c == '"' ? '\'' : '"';
            text.append(quote).append(c).append(quote);
        }
        return text.toString();
    }
}
