package io.memkind.agent.policy;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which request of a program goes to which memory. The first rule that fits decides.
 *
 * @param targets the memory that rules name, by name; the name {@value #JVM} is there always
 * @param rules in order
 * @param otherwise the target of requests that no rule fits
 * @param onFailure what happens when a target has no room
 */
public record AllocationPolicy(
        Map<String, TargetSpec> targets, List<Rule> rules, String otherwise, FailureAction onFailure) {
    /** The name of what the JVM would have done without the agent. */
    public static final String JVM = "jvm";

    /**
     * Copies the collections, and leaves out the targets that nothing names.
     *
     * @throws PolicyException if a rule names a target that is not there
     */
    public AllocationPolicy {
        rules = List.copyOf(rules);
        Map<String, TargetSpec> used = new LinkedHashMap<>();
        for (Rule rule : rules) {
            used.put(rule.target(), require(targets, rule.target()));
        }
        used.put(otherwise, require(targets, otherwise));
        used.put(JVM, new TargetSpec.Jvm());
        targets = Collections.unmodifiableMap(used);
    }

    private static TargetSpec require(Map<String, TargetSpec> targets, String name) {
        TargetSpec found = name.equals(JVM) ? new TargetSpec.Jvm() : targets.get(name);
        if (found == null) {
            throw new PolicyException("there is no target '" + name + "'; define it, or name a static kind or jvm");
        }
        return found;
    }

    /**
     * A policy that puts requests of some sizes on one target and leaves the others alone.
     *
     * @param name what the target is called
     * @param target the memory
     * @param sizes the sizes
     * @param onFailure what happens when it has no room
     * @return the policy
     */
    public static AllocationPolicy of(String name, TargetSpec target, SizeRange sizes, FailureAction onFailure) {
        Map<String, TargetSpec> targets = Map.of(name, target);
        return sizes.equals(SizeRange.ALL)
                ? new AllocationPolicy(targets, List.of(), name, onFailure)
                : new AllocationPolicy(targets, List.of(new Rule(sizes, List.of(), List.of(), name)), JVM, onFailure);
    }
}
