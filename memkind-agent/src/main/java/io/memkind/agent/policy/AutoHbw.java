package io.memkind.agent.policy;

import io.memkind.Kinds;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The variables of the C library's autohbw, with its rules: requests of {@code AUTO_HBW_SIZE=x[:y]} bytes, both ends included, go to
 * the kind of {@code AUTO_HBW_MEM_TYPE}. What is not understood is a warning, and the default holds.
 *
 * @param sizes the requests; 1 MiB and more unless said
 * @param kindName the kind; empty for high-bandwidth memory where there is some, else ordinary memory
 * @param logLevel 1 unless said: below −1 nothing is told, from 0 on what is set, from 2 on each request
 * @param warnings one line each
 */
public record AutoHbw(SizeRange sizes, String kindName, int logLevel, List<String> warnings) {
    /** The range of sizes. */
    public static final String SIZE = "AUTO_HBW_SIZE";
    /** How much is told. */
    public static final String LOG = "AUTO_HBW_LOG";
    /** The kind. */
    public static final String MEM_TYPE = "AUTO_HBW_MEM_TYPE";

    private static final long DEFAULT_LEAST_BYTES = 1L << 20;
    private static final Set<String> TYPES = Set.of(
            "memkind_default",
            "memkind_hugetlb",
            "memkind_interleave",
            "memkind_hbw",
            "memkind_hbw_preferred",
            "memkind_hbw_hugetlb",
            "memkind_hbw_preferred_hugetlb",
            "memkind_hbw_interleave");
    /* strtoull(3), base 10: blanks, a sign, digits; then one letter counts. */
    private static final Pattern NUMBER = Pattern.compile("\\s*([+-]?)(\\d+)(.?).*", Pattern.DOTALL);

    /** Copies the list. */
    public AutoHbw {
        warnings = List.copyOf(warnings);
    }

    /**
     * Whether any of the variables is set.
     *
     * @param environment variables
     * @return true if one is
     */
    public static boolean isConfigured(Map<String, String> environment) {
        return environment.containsKey(SIZE) || environment.containsKey(LOG) || environment.containsKey(MEM_TYPE);
    }

    /**
     * Understands the variables.
     *
     * @param environment variables, of which these three count
     * @return what they say
     */
    public static AutoHbw of(Map<String, String> environment) {
        List<String> warnings = new ArrayList<>();
        SizeRange sizes = sizes(environment.get(SIZE), warnings);
        int level = level(environment.get(LOG));
        String type = environment.get(MEM_TYPE);
        String kind = "";
        if (type != null) {
            kind = type.toLowerCase(Locale.ROOT);
            if (!TYPES.contains(kind)) {
                warnings.add(MEM_TYPE + ": '" + type + "' is not known and ignored; give one of "
                        + String.join(", ", TYPES.stream().sorted().toList()));
                kind = "";
            }
        }
        return new AutoHbw(sizes, kind, level, warnings);
    }

    private static SizeRange sizes(@Nullable String text, List<String> warnings) {
        if (text == null) {
            return new SizeRange(DEFAULT_LEAST_BYTES, Long.MAX_VALUE);
        }
        int colon = text.indexOf(':');
        long least = size(colon < 0 ? text : text.substring(0, colon));
        long most = colon < 0 ? Long.MAX_VALUE : size(text.substring(colon + 1));
        if (least >= most) {
            warnings.add(SIZE + ": '" + text + "' has a lower end that is not below the upper one: "
                    + (least == most ? "only that size is meant" : "no size is meant"));
        }
        return new SizeRange(least, most);
    }

    /* No digits are 0, a negative number wraps to a huge one, and what is too large is the largest. */
    private static long size(String text) {
        Matcher matcher = NUMBER.matcher(text);
        if (!matcher.matches()) {
            return 0;
        }
        int unit =
                matcher.group(3).isEmpty() ? -1 : "KMG".indexOf(matcher.group(3).toUpperCase(Locale.ROOT));
        BigInteger bytes = new BigInteger(matcher.group(2)).shiftLeft(10 * (unit + 1));
        if (matcher.group(1).equals("-") && bytes.signum() != 0) {
            return Long.MAX_VALUE;
        }
        return bytes.bitLength() > 63 ? Long.MAX_VALUE : bytes.longValue();
    }

    /* atoi(3): 0 where there is no number. */
    private static int level(@Nullable String text) {
        if (text == null) {
            return 1;
        }
        Matcher matcher =
                Pattern.compile("\\s*([+-]?\\d{1,9}).*", Pattern.DOTALL).matcher(text);
        return matcher.matches() ? Integer.parseInt(matcher.group(1)) : 0;
    }

    /**
     * The policy. High-bandwidth memory is preferred where there is some and no kind is named; else it is ordinary memory.
     *
     * @return a policy that falls back to the JVM's memory
     */
    public AllocationPolicy policy() {
        String kind = kindName;
        if (kind.isEmpty()) {
            kind = Kinds.HBW.availability().available() ? Kinds.HBW_PREFERRED.name() : Kinds.DEFAULT.name();
        }
        return AllocationPolicy.of(kind, new TargetSpec.OfKind(kind, 0), sizes, FailureAction.FALL_BACK);
    }
}
