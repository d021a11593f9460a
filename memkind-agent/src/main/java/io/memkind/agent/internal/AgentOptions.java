package io.memkind.agent.internal;

import io.memkind.agent.policy.ByteSize;
import io.memkind.agent.policy.FailureAction;
import io.memkind.agent.policy.PolicyException;
import io.memkind.agent.policy.SizeRange;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What stands behind the jar in -javaagent: {@code key=value} or {@code key}, set apart by commas. */
record AgentOptions(Map<String, String> values) {
    /* The value of this one has commas in it: it goes to the end. */
    private static final String TIERS = "tiers";
    private static final Set<String> KEYS = Set.of(
            "kind",
            "policy",
            TIERS,
            "autohbw",
            "size",
            "on-failure",
            "summary",
            "live",
            "interval",
            "off",
            "enable",
            "disable");
    private static final Set<String> FLAGS = Set.of("autohbw", "summary", "off", "enable", "disable");
    private static final long DEFAULT_INTERVAL_BYTES = 512L << 10;

    static AgentOptions parse(String text) {
        Map<String, String> values = new LinkedHashMap<>();
        String rest = text;
        while (!rest.isEmpty()) {
            int comma = rest.startsWith(TIERS + "=") ? -1 : rest.indexOf(',');
            String option = comma < 0 ? rest : rest.substring(0, comma);
            rest = comma < 0 ? "" : rest.substring(comma + 1);
            int equals = option.indexOf('=');
            String key = equals < 0 ? option : option.substring(0, equals);
            if (!KEYS.contains(key)) {
                throw new PolicyException("'" + key + "' is no option of the agent; those are "
                        + String.join(", ", KEYS.stream().sorted().toList()));
            }
            if (equals < 0 && !FLAGS.contains(key)) {
                throw new PolicyException("the option " + key + " needs a value: " + key + "=VALUE");
            }
            if (values.put(key, option.substring(equals + 1)) != null) {
                throw new PolicyException("the option " + key + " is there twice; remove one");
            }
        }
        return new AgentOptions(values);
    }

    boolean has(String key) {
        return values.containsKey(key);
    }

    Optional<String> value(String key) {
        return Optional.ofNullable(values.get(key));
    }

    SizeRange sizes() {
        return value("size").map(SizeRange::parse).orElse(SizeRange.ALL);
    }

    /** Empty if it is not said. */
    Optional<FailureAction> onFailure() {
        return value("on-failure").map(word -> switch (word) {
            case "fall-back" -> FailureAction.FALL_BACK;
            case "throw" -> FailureAction.THROW;
            default -> throw new PolicyException("on-failure=" + word + " is not understood; give fall-back or throw");
        });
    }

    /** The mean of the bytes between two samples. */
    long sampleIntervalBytes() {
        long bytes = value("interval").map(ByteSize::parse).orElse(DEFAULT_INTERVAL_BYTES);
        if (bytes < 1) {
            throw new PolicyException("interval=" + bytes + " is too small; give 1 or more, such as 512K");
        }
        return bytes;
    }

    /** The file of an option, with the process id for %p; empty for standard error. */
    Optional<String> file(String key) {
        return value(key)
                .filter(name -> !name.equals(key))
                .map(name ->
                        name.replace("%p", Long.toString(ProcessHandle.current().pid())));
    }
}
