package io.memkind.agent.policy;

import java.util.List;

/**
 * Requests that have a target of their own: all conditions must hold.
 *
 * @param sizes the sizes of the requests
 * @param classes patterns of classes: for each, a class on the caller's stack fits; none if the stack plays no part
 * @param threads patterns that the name of the calling thread fits; none if it plays no part
 * @param target name of the target
 */
public record Rule(SizeRange sizes, List<NamePattern> classes, List<NamePattern> threads, String target) {
    /** Copies the lists. */
    public Rule {
        classes = List.copyOf(classes);
        threads = List.copyOf(threads);
    }
}
