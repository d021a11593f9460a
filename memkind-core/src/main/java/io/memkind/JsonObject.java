package io.memkind;

import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A JSON object that is written member by member. Its text is ASCII, whatever the strings are. */
final class JsonObject {
    private final StringBuilder members = new StringBuilder();

    JsonObject put(String name, long value) {
        return member(name, Long.toString(value));
    }

    /** Null is written for none. */
    JsonObject put(String name, OptionalLong value) {
        return member(name, value.isPresent() ? Long.toString(value.getAsLong()) : "null");
    }

    JsonObject put(String name, String value) {
        return member(name, quote(value));
    }

    JsonObject put(String name, JsonObject value) {
        return member(name, value.toString());
    }

    /** An array of an object for each element. */
    <T> JsonObject put(String name, List<T> elements, Function<T, JsonObject> toJson) {
        return member(
                name,
                elements.stream().map(toJson).map(JsonObject::toString).collect(Collectors.joining(",", "[", "]")));
    }

    private JsonObject member(String name, String json) {
        members.append(members.isEmpty() ? "" : ",")
                .append(quote(name))
                .append(':')
                .append(json);
        return this;
    }

    private static String quote(String value) {
        StringBuilder quoted = new StringBuilder(value.length() + 2).append('"');
        for (char c : value.toCharArray()) {
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c >= ' ' && c < 0x7f) {
                quoted.append(c);
            } else {
                quoted.append(String.format("\\u%04x", (int) c));
            }
        }
        return quoted.append('"').toString();
    }

    @Override
    public String toString() {
        return "{" + members + "}";
    }
}
