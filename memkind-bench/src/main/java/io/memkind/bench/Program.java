package io.memkind.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Another program, which prints its results as one JSON object. */
final class Program {
    private final String output;

    private Program(String output) {
        this.output = output;
    }

    /** Runs it to its end. What it writes to its standard error goes to ours. */
    static Program run(List<String> command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int status = process.waitFor();
            if (status != 0) {
                throw new BenchmarkFailure("exit status " + status + " of: " + String.join(" ", command));
            }
            return new Program(output);
        } catch (IOException e) {
            throw new BenchmarkFailure("cannot run " + command.get(0) + ": " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchmarkFailure("interrupted");
        }
    }

    /** {@return the number with this name in its output} */
    double number(String name) {
        Matcher matcher = Pattern.compile(Pattern.quote("\"" + name + "\":") + "(-?[0-9.eE+-]+)")
                .matcher(output);
        if (!matcher.find()) {
            throw new BenchmarkFailure("no " + name + " in: " + output.strip());
        }
        return Double.parseDouble(matcher.group(1));
    }
}
