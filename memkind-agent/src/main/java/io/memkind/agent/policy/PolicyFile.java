package io.memkind.agent.policy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Policies as text. One statement a line, words set apart by blanks, in double quotes if they contain some; {@code #} in front of
 * a word begins a comment.
 *
 * <pre>
 * kind NAME = KIND [limit SIZE]
 * file NAME = DIRECTORY [limit SIZE]
 * nodes NAME = ID,ID [policy bind|preferred|...] [pages base|...] [limit SIZE]
 * tiers NAME = static-ratio|dynamic-threshold TARGET:RATIO ...
 * threshold NAME INDEX = SIZE from SIZE to SIZE
 *
 * when CONDITION [and CONDITION ...] use TARGET
 *     with conditions: size A..B | class PATTERN | thread PATTERN
 * otherwise use TARGET
 * on failure fall back|throw
 * </pre>
 *
 * A TARGET is a name defined above, a static kind, or {@code jvm} for what the JVM does without the agent. The first rule that
 * fits decides; without {@code otherwise} the rest is the JVM's. Words of {@code policy} and {@code pages} are the constants of {@link
 * io.memkind.attribute.NodePolicy} and {@link io.memkind.attribute.PageKind} in lower case, with dashes.
 */
public final class PolicyFile {
    private final TargetDefinitions definitions = new TargetDefinitions();
    private final List<Rule> rules = new ArrayList<>();
    private @Nullable String otherwise;
    private @Nullable FailureAction onFailure;

    private PolicyFile() {}

    /**
     * Reads a file.
     *
     * @param file text in UTF-8
     * @return the policy
     * @throws PolicyException if it cannot be read, or a line is not understood; names the line, the value and the remedy
     */
    public static AllocationPolicy read(Path file) {
        List<String> lines;
        try {
            lines = Files.readAllLines(file);
        } catch (IOException e) {
            throw new PolicyException("the policy file " + file + " cannot be read: " + e, e);
        }
        return parse(lines, file.toString());
    }

    /**
     * Understands a text.
     *
     * @param lines its lines
     * @param name what it is called in messages
     * @return the policy
     * @throws PolicyException if a line is not understood; names it, the value and the remedy
     */
    public static AllocationPolicy parse(List<String> lines, String name) {
        PolicyFile file = new PolicyFile();
        for (int i = 0; i < lines.size(); i++) {
            try {
                PolicyWords words = PolicyWords.of(lines.get(i));
                if (!words.isEnd()) {
                    file.statement(words);
                    words.requireEnd();
                }
            } catch (PolicyException e) {
                throw e.at(name + ":" + (i + 1));
            }
        }
        if (file.rules.isEmpty() && file.otherwise == null) {
            throw new PolicyException(name + " has no rule; add one, such as 'otherwise use default_thp'");
        }
        return new AllocationPolicy(
                file.definitions.all(),
                file.rules,
                file.otherwise == null ? AllocationPolicy.JVM : file.otherwise,
                file.onFailure == null ? FailureAction.FALL_BACK : file.onFailure);
    }

    private void statement(PolicyWords words) {
        String first = words.next("a statement");
        switch (first) {
            case "kind" -> definitions.kind(words);
            case "file" -> definitions.file(words);
            case "nodes" -> definitions.nodes(words);
            case "tiers" -> definitions.tiers(words);
            case "threshold" -> definitions.threshold(words);
            case "when" -> rule(words);
            case "otherwise" -> {
                if (otherwise != null) {
                    throw new PolicyException("'otherwise' is there twice; remove one");
                }
                words.require("use");
                otherwise = definitions.resolve(words.next("a target"));
            }
            case "on" -> failure(words);
            default ->
                throw new PolicyException("'" + first + "' begins no statement; those are kind, file, nodes, tiers,"
                        + " threshold, when, otherwise and on");
        }
    }

    private void rule(PolicyWords words) {
        if (otherwise != null) {
            throw new PolicyException("this rule stands behind 'otherwise', where nothing is left for it; move it up");
        }
        SizeRange sizes = null;
        List<NamePattern> classes = new ArrayList<>();
        List<NamePattern> threads = new ArrayList<>();
        do {
            String condition = words.next("size, class or thread");
            switch (condition) {
                case "size" -> {
                    if (sizes != null) {
                        throw new PolicyException("'size' is there twice; give one range");
                    }
                    sizes = SizeRange.parse(words.next("a range of sizes"));
                }
                case "class" -> classes.add(NamePattern.ofClasses(words.next("a pattern of classes")));
                case "thread" -> threads.add(NamePattern.ofThreads(words.next("a pattern of thread names")));
                default ->
                    throw new PolicyException("'" + condition + "' is no condition; those are size, class and thread");
            }
        } while (words.skip("and"));
        words.require("use");
        String target = definitions.resolve(words.next("a target"));
        rules.add(new Rule(sizes == null ? SizeRange.ALL : sizes, classes, threads, target));
    }

    private void failure(PolicyWords words) {
        words.require("failure");
        if (onFailure != null) {
            throw new PolicyException("'on failure' is there twice; remove one");
        }
        if (words.skip("throw")) {
            onFailure = FailureAction.THROW;
        } else {
            words.require("fall");
            words.require("back");
            onFailure = FailureAction.FALL_BACK;
        }
    }
}
