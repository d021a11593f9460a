package io.memkind.agent.policy;

import io.memkind.Kinds;
import io.memkind.MemoryKind;
import io.memkind.attribute.NodePolicy;
import io.memkind.attribute.PageKind;
import io.memkind.tier.TierPolicy;
import io.memkind.tier.TierThreshold;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The lines of a policy file that name memory, and the names that need no such line. */
final class TargetDefinitions {
    private static final long MAX_RATIO = (1L << 32) - 1;

    private final Map<String, TargetSpec> targets = new LinkedHashMap<>();
    private final Map<String, SortedMap<Integer, TierThreshold>> thresholds = new HashMap<>();

    Map<String, TargetSpec> all() {
        return targets;
    }

    /** The name under which a target is kept: that of its definition, the full name of a static kind, or {@code jvm}. */
    String resolve(String name) {
        if (name.equals(AllocationPolicy.JVM) || targets.containsKey(name)) {
            return name;
        }
        MemoryKind kind = Kinds.byName(name)
                .orElseThrow(() ->
                        new PolicyException("there is no target '" + name + "'; define it above, or name jvm or one of "
                                + Kinds.all().stream().map(MemoryKind::name).collect(Collectors.joining(", "))));
        targets.putIfAbsent(kind.name(), new TargetSpec.OfKind(kind.name(), 0));
        return kind.name();
    }

    private String newName(PolicyWords words) {
        String name = words.next("a name for the target");
        if (!name.matches("[A-Za-z][A-Za-z0-9_-]*")) {
            throw new PolicyException(
                    "'" + name + "' is no name; give a letter and letters, digits, - and _ behind it");
        }
        if (name.equals(AllocationPolicy.JVM)
                || targets.containsKey(name)
                || Kinds.byName(name).isPresent()) {
            throw new PolicyException("the name '" + name + "' is taken; choose another");
        }
        words.require("=");
        return name;
    }

    private static long limit(PolicyWords words) {
        return words.skip("limit") ? ByteSize.parse(words.next("a size")) : 0;
    }

    void kind(PolicyWords words) {
        String name = newName(words);
        String kindName = words.next("a static kind");
        MemoryKind kind = Kinds.byName(kindName)
                .orElseThrow(
                        () -> new PolicyException("there is no static kind '" + kindName + "'; see 'memkind kinds'"));
        targets.put(name, new TargetSpec.OfKind(kind.name(), limit(words)));
    }

    void file(PolicyWords words) {
        String name = newName(words);
        String directory = words.next("a directory");
        try {
            targets.put(name, new TargetSpec.OfFile(Path.of(directory), limit(words)));
        } catch (InvalidPathException e) {
            throw new PolicyException("'" + directory + "' is no path: " + e.getReason(), e);
        }
    }

    void nodes(PolicyWords words) {
        String name = newName(words);
        List<Integer> nodes = new ArrayList<>();
        String list = words.next("ids of nodes, such as 0,2");
        for (String id : list.split(",", -1)) {
            if (!id.matches("\\d{1,4}")) {
                throw new PolicyException("'" + list + "' is no list of nodes; give ids and commas, such as 0,2");
            }
            nodes.add(Integer.valueOf(id));
        }
        NodePolicy policy = NodePolicy.BIND;
        PageKind pages = PageKind.BASE;
        if (words.skip("policy")) {
            policy = constant(NodePolicy.class, words.next("a policy"));
        }
        if (words.skip("pages")) {
            pages = constant(PageKind.class, words.next("pages"));
        }
        targets.put(name, new TargetSpec.OfNodes(nodes, policy, pages, limit(words)));
    }

    private static <E extends Enum<E>> E constant(Class<E> type, String word) {
        for (E constant : type.getEnumConstants()) {
            if (wordFor(constant).equals(word)) {
                return constant;
            }
        }
        throw new PolicyException("'" + word + "' is none of "
                + Arrays.stream(type.getEnumConstants())
                        .map(TargetDefinitions::wordFor)
                        .collect(Collectors.joining(", ")));
    }

    private static String wordFor(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    void tiers(PolicyWords words) {
        String name = newName(words);
        TierPolicy policy = constant(TierPolicy.class, words.next("static-ratio or dynamic-threshold"));
        List<TargetSpec.Share> shares = new ArrayList<>();
        do {
            shares.add(share(words.next("TARGET:RATIO")));
        } while (!words.isEnd());
        if (policy == TierPolicy.DYNAMIC_THRESHOLD && shares.size() < 2) {
            throw new PolicyException("dynamic-threshold needs two tiers or more, and '" + name + "' has one");
        }
        SortedMap<Integer, TierThreshold> own = new TreeMap<>();
        thresholds.put(name, own);
        targets.put(name, new TargetSpec.OfTiers(policy, shares, own));
    }

    private TargetSpec.Share share(String word) {
        int colon = word.lastIndexOf(':');
        String target = resolve(colon < 0 ? word : word.substring(0, colon));
        String ratio = colon < 0 ? "1" : word.substring(colon + 1);
        if (!ratio.matches("\\d{1,10}") || Long.parseLong(ratio) < 1 || Long.parseLong(ratio) > MAX_RATIO) {
            throw new PolicyException("'" + ratio + "' in '" + word + "' is no ratio; give 1 to " + MAX_RATIO);
        }
        TargetSpec spec = targets.get(target);
        if (spec == null || spec instanceof TargetSpec.OfTiers) {
            throw new PolicyException("'" + target + "' cannot be a tier; tiers are kinds, nodes and files");
        }
        return new TargetSpec.Share(spec, Long.parseLong(ratio));
    }

    void threshold(PolicyWords words) {
        String name = words.next("the name of tiers");
        SortedMap<Integer, TierThreshold> own = thresholds.get(name);
        if (own == null
                || !(targets.get(name) instanceof TargetSpec.OfTiers tiers)
                || tiers.policy() != TierPolicy.DYNAMIC_THRESHOLD) {
            throw new PolicyException(
                    "'" + name + "' has no thresholds; define it above as tiers with dynamic-threshold");
        }
        String index = words.next("the number of a threshold");
        if (!index.matches("\\d{1,3}")
                || Integer.parseInt(index) >= tiers.shares().size() - 1) {
            throw new PolicyException("'" + index + "' is no threshold of '" + name + "'; they are numbered 0 to "
                    + (tiers.shares().size() - 2));
        }
        words.require("=");
        long value = ByteSize.parse(words.next("its value"));
        words.require("from");
        long least = ByteSize.parse(words.next("its least value"));
        words.require("to");
        own.put(
                Integer.valueOf(index),
                new TierThreshold(value, least, ByteSize.parse(words.next("its greatest value"))));
        targets.put(name, new TargetSpec.OfTiers(tiers.policy(), tiers.shares(), own));
    }
}
