package io.memkind.agent.internal.redirect;

import io.memkind.Availability;
import io.memkind.FileKinds;
import io.memkind.KindBuilder;
import io.memkind.KindExhaustedException;
import io.memkind.KindUnavailableException;
import io.memkind.Kinds;
import io.memkind.MemoryKind;
import io.memkind.NodeKindBuilder;
import io.memkind.agent.policy.AllocationPolicy;
import io.memkind.agent.policy.FailureAction;
import io.memkind.agent.policy.PolicyException;
import io.memkind.agent.policy.TargetSpec;
import io.memkind.tier.TierBuilder;
import io.memkind.tier.TierExhaustion;
import io.memkind.tier.TieredMemory;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Opens the memory that a policy names, and tries it. */
public final class TargetOpener {
    private static final long[] TRIED_SIZES = {32, 4096, 1 << 20};

    private final FailureAction onFailure;
    private final Consumer<String> log;

    private TargetOpener(FailureAction onFailure, Consumer<String> log) {
        this.onFailure = onFailure;
        this.log = log;
    }

    /**
     * Opens all targets of a policy. Those that cannot be had are left out, with a line to the log, if the policy falls back.
     *
     * @param policy the policy
     * @param log takes one line for each target that is left out
     * @return the targets by name, without {@code jvm}
     * @throws PolicyException if one cannot be had and the policy throws, or tiers are not as they have to be
     */
    public static Map<String, RedirectTarget> open(AllocationPolicy policy, Consumer<String> log) {
        TargetOpener opener = new TargetOpener(policy.onFailure(), log);
        Map<String, RedirectTarget> targets = new LinkedHashMap<>();
        policy.targets().forEach((name, spec) -> {
            if (!(spec instanceof TargetSpec.Jvm)) {
                opener.open(name, spec, targets);
            }
        });
        return targets;
    }

    private void open(String name, TargetSpec spec, Map<String, RedirectTarget> targets) {
        try {
            RedirectTarget target = open(name, spec);
            for (long byteSize : TRIED_SIZES) {
                target.allocator().free(target.allocator().malloc(byteSize));
            }
            targets.put(name, target);
        } catch (KindUnavailableException | KindExhaustedException | UncheckedIOException e) {
            refuse(name, String.valueOf(e.getMessage()), e);
        } catch (Unavailable e) {
            refuse(name, e.getMessage(), e);
        }
    }

    private void refuse(String name, String reason, RuntimeException cause) {
        String message = "the target " + name + " cannot be had: " + reason;
        if (onFailure == FailureAction.THROW) {
            PolicyException refusal = new PolicyException(message);
            refusal.initCause(cause);
            throw refusal;
        }
        log.accept(message + "; its requests go to the JVM's own memory");
    }

    private RedirectTarget open(String name, TargetSpec spec) {
        if (spec instanceof TargetSpec.OfTiers tiers) {
            TierBuilder builder = TieredMemory.builder(tiers.policy())
                    .name(name)
                    .onExhausted(onFailure == FailureAction.THROW ? TierExhaustion.FAIL : TierExhaustion.NEXT_TIER);
            for (TargetSpec.Share share : tiers.shares()) {
                builder.tier(kind("", share.target(), true), share.ratio());
            }
            tiers.thresholds()
                    .forEach((index, threshold) ->
                            builder.threshold(index, threshold.value(), threshold.min(), threshold.max()));
            try {
                TieredMemory memory = builder.build();
                return new RedirectTarget(name, memory, memory.kinds());
            } catch (IllegalStateException e) {
                throw new PolicyException(name + ": " + e.getMessage());
            }
        }
        MemoryKind kind = kind(name, spec, false);
        return new RedirectTarget(name, kind, List.of(kind));
    }

    /* Of tiers, the kinds are their own, so that a block's kind tells its target. */
    private static MemoryKind kind(String name, TargetSpec spec, boolean own) {
        MemoryKind kind = switch (spec) {
            case TargetSpec.OfKind plain -> ofKind(name, plain, own);
            case TargetSpec.OfNodes nodes -> ofNodes(name, nodes);
            case TargetSpec.OfFile file ->
                FileKinds.builder(file.directory())
                        .limitBytes(file.limitBytes())
                        .build();
            case TargetSpec.OfTiers tiers -> throw new IllegalArgumentException("tiers of tiers: " + tiers);
            case TargetSpec.Jvm jvm -> throw new IllegalArgumentException("no kind: " + jvm);
        };
        Availability availability = kind.availability();
        if (!availability.available()) {
            throw new Unavailable(kind.name() + " is not available: " + availability.reason()
                    + (availability.remedy().isEmpty() ? "" : "; remedy: " + availability.remedy()));
        }
        return kind;
    }

    private static MemoryKind ofKind(String name, TargetSpec.OfKind spec, boolean own) {
        MemoryKind kind = Kinds.byName(spec.kindName()).orElseThrow();
        /* A name other than the kind's was defined: there may be several over one kind. */
        if (spec.limitBytes() == 0 && !own && name.equals(kind.name())) {
            return kind;
        }
        KindBuilder builder = MemoryKind.builder(kind);
        return (spec.limitBytes() == 0 ? builder : builder.limitBytes(spec.limitBytes())).build();
    }

    private static MemoryKind ofNodes(String name, TargetSpec.OfNodes spec) {
        NodeKindBuilder builder = Kinds.onNodes(
                        spec.nodes().stream().mapToInt(Integer::intValue).toArray())
                .policy(spec.policy())
                .pages(spec.pages());
        if (!name.isEmpty()) {
            builder.name(name);
        }
        return (spec.limitBytes() == 0 ? builder : builder.limitBytes(spec.limitBytes())).build();
    }

    private static final class Unavailable extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final String reason;

        Unavailable(String reason) {
            super(reason);
            this.reason = reason;
        }

        @Override
        public String getMessage() {
            return reason;
        }
    }
}
