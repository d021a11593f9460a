package io.memkind.agent.policy;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** {@code KEY:VALUE,KEY:VALUE} of the tiering variables: any order, each key once. */
final class Parameters {
    private Parameters() {}

    static Map<String, String> parse(String text, Set<String> keys) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String parameter : text.split(",", -1)) {
            int colon = parameter.indexOf(':');
            String key = colon < 0 ? parameter : parameter.substring(0, colon);
            if (colon < 0 || !keys.contains(key)) {
                throw new PolicyException("'" + parameter + "' is no parameter here; those are "
                        + String.join(
                                ", ",
                                keys.stream().sorted().map(k -> k + ":VALUE").toList()));
            }
            if (values.put(key, parameter.substring(colon + 1)) != null) {
                throw new PolicyException(key + " is there twice in '" + text + "'; remove one");
            }
        }
        return values;
    }
}
