package io.memkind.agent.policy;

import io.memkind.Kinds;
import io.memkind.tier.TierPolicy;
import io.memkind.tier.TierThreshold;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The variables of the C library's tiering, with its grammar: {@code MEMKIND_MEM_TIERS}, such as {@code
 * KIND:DRAM,RATIO:1;KIND:KMEM_DAX,RATIO:4;POLICY:STATIC_RATIO}, {@code MEMKIND_MEM_THRESHOLDS}, such as {@code
 * INIT_VAL:64,MIN_VAL:1,MAX_VAL:10000}, and {@code MEMKIND_MEM_TIERING_LOG_LEVEL}. Case counts. Unlike there, long texts are not
 * cut.
 */
public final class TierVariables {
    /** The tiers and the policy. */
    public static final String TIERS = "MEMKIND_MEM_TIERS";
    /** The thresholds between the tiers, for {@code DYNAMIC_THRESHOLD}. */
    public static final String THRESHOLDS = "MEMKIND_MEM_THRESHOLDS";
    /** How much is told: 0 errors, 1 also what is there, 2 also details. */
    public static final String LOG_LEVEL = "MEMKIND_MEM_TIERING_LOG_LEVEL";

    private static final long MAX_RATIO = (1L << 32) - 1;
    private static final long MIN_FILE_BYTES = 16L << 20;

    private TierVariables() {}

    /**
     * Understands the first two.
     *
     * @param tiers the value of {@link #TIERS}
     * @param thresholds the value of {@link #THRESHOLDS}; null if it is not set
     * @return a policy that puts everything on the tiers
     * @throws PolicyException if they are not understood; names the variable, the value and the remedy
     */
    public static AllocationPolicy parse(String tiers, @Nullable String thresholds) {
        TargetSpec.OfTiers spec;
        try {
            spec = tiers(tiers);
        } catch (PolicyException e) {
            throw e.at(TIERS);
        }
        if (thresholds != null) {
            try {
                spec = new TargetSpec.OfTiers(spec.policy(), spec.shares(), thresholds(thresholds, spec));
            } catch (PolicyException e) {
                throw e.at(THRESHOLDS);
            }
        }
        return AllocationPolicy.of("tiers", spec, SizeRange.ALL, FailureAction.THROW);
    }

    /**
     * Understands the log level.
     *
     * @param text the value of {@link #LOG_LEVEL}; null if it is not set, which is 0
     * @return 0, 1 or 2
     * @throws PolicyException if it is none of these
     */
    public static int logLevel(@Nullable String text) {
        if (text == null) {
            return 0;
        }
        if (!text.matches("[012]")) {
            throw new PolicyException(LOG_LEVEL + ": '" + text + "' is no level; give 0 (errors), 1 or 2");
        }
        return Integer.parseInt(text);
    }

    private static TargetSpec.OfTiers tiers(String text) {
        String[] parts = text.split(";", -1);
        String last = parts[parts.length - 1];
        if (!last.startsWith("POLICY:")) {
            throw new PolicyException("'" + last + "' stands last in '" + text
                    + "', where POLICY:STATIC_RATIO or POLICY:DYNAMIC_THRESHOLD is to be");
        }
        TierPolicy policy = switch (last.substring("POLICY:".length())) {
            case "STATIC_RATIO" -> TierPolicy.STATIC_RATIO;
            case "DYNAMIC_THRESHOLD" -> TierPolicy.DYNAMIC_THRESHOLD;
            default ->
                throw new PolicyException(
                        "'" + last + "' is no policy; give POLICY:STATIC_RATIO or POLICY:DYNAMIC_THRESHOLD");
        };
        List<TargetSpec.Share> shares = new ArrayList<>();
        Set<String> kinds = new HashSet<>();
        for (String part : List.of(parts).subList(0, parts.length - 1)) {
            TargetSpec.Share share = tier(part);
            if (share.target() instanceof TargetSpec.OfKind kind && !kinds.add(kind.kindName())) {
                throw new PolicyException("'" + part + "' names a kind that is a tier already; remove it");
            }
            shares.add(share);
        }
        if (shares.isEmpty()) {
            throw new PolicyException("'" + text + "' has no tier; put one in front, such as KIND:DRAM,RATIO:1;");
        }
        if (policy == TierPolicy.DYNAMIC_THRESHOLD && shares.size() < 2) {
            throw new PolicyException("'" + text + "' has one tier, and DYNAMIC_THRESHOLD needs two or more");
        }
        return new TargetSpec.OfTiers(policy, shares, new TreeMap<>());
    }

    private static TargetSpec.Share tier(String text) {
        Map<String, String> values = Parameters.parse(text, Set.of("KIND", "RATIO", "PATH", "PMEM_SIZE_LIMIT"));
        String kind = required(values, "KIND", text);
        String ratioText = required(values, "RATIO", text);
        OptionalLong ratio = CNumbers.prefix(ratioText);
        if (ratio.isEmpty() || ratio.getAsLong() < 1 || ratio.getAsLong() > MAX_RATIO) {
            throw new PolicyException("RATIO:" + ratioText + " is out of range; give 1 to " + MAX_RATIO);
        }
        TargetSpec target = switch (kind) {
            case "DRAM" -> plain(values, text, Kinds.DEFAULT.name());
            case "KMEM_DAX" -> plain(values, text, Kinds.DAX_KMEM.name());
            case "FS_DAX" -> file(values, text);
            default -> throw new PolicyException("KIND:" + kind + " is unknown; give DRAM, KMEM_DAX or FS_DAX");
        };
        return new TargetSpec.Share(target, ratio.getAsLong());
    }

    private static String required(Map<String, String> values, String key, String text) {
        String value = values.get(key);
        if (value == null) {
            throw new PolicyException("'" + text + "' has no " + key + "; add " + key + ":VALUE");
        }
        return value;
    }

    private static TargetSpec plain(Map<String, String> values, String text, String kindName) {
        for (String key : List.of("PATH", "PMEM_SIZE_LIMIT")) {
            if (values.containsKey(key)) {
                throw new PolicyException(key + " in '" + text + "' is for KIND:FS_DAX only; remove it");
            }
        }
        return new TargetSpec.OfKind(kindName, 0);
    }

    private static TargetSpec file(Map<String, String> values, String text) {
        String path = required(values, "PATH", text);
        String limitText = values.getOrDefault("PMEM_SIZE_LIMIT", "0");
        long limit = size("PMEM_SIZE_LIMIT", limitText);
        if (limit != 0 && limit < MIN_FILE_BYTES) {
            throw new PolicyException(
                    "PMEM_SIZE_LIMIT:" + limitText + " is too small; give 16M or more, or 0 for no limit");
        }
        try {
            return new TargetSpec.OfFile(Path.of(path), limit == Long.MAX_VALUE ? 0 : limit);
        } catch (InvalidPathException e) {
            throw new PolicyException("PATH:" + path + " is no path: " + e.getReason(), e);
        }
    }

    private static long size(String key, String text) {
        return CNumbers.size(text)
                .orElseThrow(() -> new PolicyException(key + ":" + text
                        + " is no size; give digits, with K, M or G behind them or nothing, below 2^64"));
    }

    private static SortedMap<Integer, TierThreshold> thresholds(String text, TargetSpec.OfTiers tiers) {
        if (tiers.policy() != TierPolicy.DYNAMIC_THRESHOLD) {
            throw new PolicyException("thresholds are for POLICY:DYNAMIC_THRESHOLD only; unset the variable");
        }
        String[] parts = text.split(";", -1);
        if (parts.length >= tiers.shares().size()) {
            throw new PolicyException("'" + text + "' has " + parts.length + " thresholds, and "
                    + tiers.shares().size() + " tiers have " + (tiers.shares().size() - 1) + "; remove the others");
        }
        SortedMap<Integer, TierThreshold> thresholds = new TreeMap<>();
        for (int i = 0; i < parts.length; i++) {
            Map<String, String> values = Parameters.parse(parts[i], Set.of("INIT_VAL", "MIN_VAL", "MAX_VAL"));
            long low = 1024L * i;
            thresholds.put(
                    i,
                    new TierThreshold(
                            threshold(values, "INIT_VAL", low + 1024),
                            threshold(values, "MIN_VAL", low + 512),
                            threshold(values, "MAX_VAL", low + 1535)));
        }
        return thresholds;
    }

    private static long threshold(Map<String, String> values, String key, long usual) {
        String text = values.get(key);
        return text == null ? usual : size(key, text);
    }
}
