package io.memkind.agent.internal;

import io.memkind.Kinds;
import io.memkind.MemoryKind;
import io.memkind.agent.policy.AllocationPolicy;
import io.memkind.agent.policy.AutoHbw;
import io.memkind.agent.policy.FailureAction;
import io.memkind.agent.policy.PolicyException;
import io.memkind.agent.policy.PolicyFile;
import io.memkind.agent.policy.TargetSpec;
import io.memkind.agent.policy.TierVariables;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The policy that the options and the environment ask for.
 *
 * @param policy the policy
 * @param logLevel 0: warnings; 1: also what is there; 2: also each request that is redirected
 * @param warnings a line each
 */
record PolicyChoice(AllocationPolicy policy, int logLevel, List<String> warnings) {
    static PolicyChoice of(AgentOptions options, Map<String, String> environment) {
        List<String> given = Stream.of("kind", "policy", "tiers", "autohbw")
                .filter(options::has)
                .toList();
        if (given.size() > 1) {
            throw new PolicyException("the options " + String.join(" and ", given) + " exclude each other; give one");
        }
        if (options.has("size") && !options.has("kind")) {
            throw new PolicyException("the option size goes with kind only; a policy file has rules for sizes");
        }
        PolicyChoice choice = choose(options, environment, given.isEmpty() ? "" : given.get(0));
        AllocationPolicy policy = choice.policy;
        return options.onFailure()
                .map(action -> new PolicyChoice(
                        new AllocationPolicy(policy.targets(), policy.rules(), policy.otherwise(), action),
                        choice.logLevel,
                        choice.warnings))
                .orElse(choice);
    }

    private static PolicyChoice choose(AgentOptions options, Map<String, String> environment, String given) {
        return switch (given) {
            case "kind" -> plain(ofKind(options, options.value("kind").orElseThrow()));
            case "policy" ->
                plain(PolicyFile.read(Path.of(options.value("policy").orElseThrow())));
            case "tiers" -> tiers(options.value("tiers").orElseThrow(), environment);
            case "autohbw" -> autoHbw(environment);
            default -> ofEnvironment(environment);
        };
    }

    private static PolicyChoice ofEnvironment(Map<String, String> environment) {
        String tiers = environment.get(TierVariables.TIERS);
        if (tiers != null) {
            return tiers(tiers, environment);
        }
        if (AutoHbw.isConfigured(environment)) {
            return autoHbw(environment);
        }
        throw new PolicyException(
                "the agent has nothing to do; give it kind=KIND, policy=FILE, tiers=TIERS or autohbw, or set "
                        + TierVariables.TIERS + " or " + AutoHbw.SIZE);
    }

    private static PolicyChoice plain(AllocationPolicy policy) {
        return new PolicyChoice(policy, 0, List.of());
    }

    private static PolicyChoice tiers(String tiers, Map<String, String> environment) {
        int level = TierVariables.logLevel(environment.get(TierVariables.LOG_LEVEL));
        AllocationPolicy policy = TierVariables.parse(tiers, environment.get(TierVariables.THRESHOLDS));
        return new PolicyChoice(policy, level, List.of());
    }

    private static PolicyChoice autoHbw(Map<String, String> environment) {
        AutoHbw autoHbw = AutoHbw.of(environment);
        /* From 0 on its library tells what is set. */
        int level = autoHbw.logLevel() >= 2 ? 2 : autoHbw.logLevel() >= 0 ? 1 : 0;
        return new PolicyChoice(autoHbw.policy(), level, autoHbw.logLevel() < -1 ? List.of() : autoHbw.warnings());
    }

    private static AllocationPolicy ofKind(AgentOptions options, String name) {
        MemoryKind kind = Kinds.byName(name)
                .orElseThrow(() -> new PolicyException("kind=" + name + " is no static kind; those are "
                        + String.join(
                                ", ", Kinds.all().stream().map(MemoryKind::name).toList())));
        return AllocationPolicy.of(
                kind.name(), new TargetSpec.OfKind(kind.name(), 0), options.sizes(), FailureAction.FALL_BACK);
    }
}
