package io.memkind.agent.internal.redirect;

import io.memkind.agent.policy.AllocationPolicy;
import io.memkind.agent.policy.NamePattern;
import io.memkind.agent.policy.PolicyException;
import io.memkind.agent.policy.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The rules of a policy, made for quick decisions: the stack and the thread's name are looked at only where a rule asks. */
final class TargetChooser {
    private static final int MAX_PATTERNS = 63;

    /* Patterns as bits; a rule without some has 0. */
    private record Compiled(
            long least,
            long most,
            long classes,
            long threads,
            @Nullable RedirectTarget target) {}

    private final Compiled[] rules;
    private final @Nullable RedirectTarget otherwise;
    private final List<NamePattern> threadPatterns = new ArrayList<>();
    private final @Nullable CallSites callSites;

    TargetChooser(AllocationPolicy policy, Map<String, RedirectTarget> targets) {
        List<NamePattern> classPatterns = new ArrayList<>();
        List<Compiled> compiled = new ArrayList<>();
        for (Rule rule : policy.rules()) {
            compiled.add(new Compiled(
                    rule.sizes().least(),
                    rule.sizes().most(),
                    bits(rule.classes(), classPatterns, "classes"),
                    bits(rule.threads(), threadPatterns, "threads"),
                    targets.get(rule.target())));
        }
        rules = compiled.toArray(Compiled[]::new);
        otherwise = targets.get(policy.otherwise());
        callSites = classPatterns.isEmpty() ? null : new CallSites(classPatterns);
    }

    private static long bits(List<NamePattern> patterns, List<NamePattern> all, String what) {
        long bits = 0;
        for (NamePattern pattern : patterns) {
            if (all.size() == MAX_PATTERNS) {
                throw new PolicyException("the policy has more than " + MAX_PATTERNS + " patterns of " + what
                        + "; put some together with *");
            }
            bits |= 1L << all.size();
            all.add(pattern);
        }
        return bits;
    }

    long threadPatternsOf(String name) {
        long bits = 0;
        for (int i = 0; i < threadPatterns.size(); i++) {
            bits |= threadPatterns.get(i).matches(name) ? 1L << i : 0;
        }
        return bits;
    }

    /** The target of a request; null for the JVM. */
    @Nullable RedirectTarget choose(long byteSize, ThreadState state) {
        long classes = -1;
        for (Compiled rule : rules) {
            if (byteSize < rule.least || byteSize > rule.most) {
                continue;
            }
            if (rule.threads != 0 && (state.namePatterns(this) & rule.threads) != rule.threads) {
                continue;
            }
            if (rule.classes != 0 && callSites != null) {
                if (classes == -1) {
                    classes = callSites.patternsOnStack();
                }
                if ((classes & rule.classes) != rule.classes) {
                    continue;
                }
            }
            return rule.target;
        }
        return otherwise;
    }
}
