package io.memkind.cli.json;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** A JSON object that is written member by member. Its text is ASCII, whatever the strings are. */
public final class JsonObject {
    private final StringBuilder members = new StringBuilder();

    /** Makes an object without members. */
    public JsonObject() {}

    /**
     * Adds a member.
     *
     * @param name its name
     * @param value its value
     * @return this object
     */
    public JsonObject put(String name, String value) {
        return member(name, quote(value));
    }

    /**
     * Adds a member.
     *
     * @param name its name
     * @param value its value
     * @return this object
     */
    public JsonObject put(String name, long value) {
        return member(name, Long.toString(value));
    }

    /**
     * Adds a member.
     *
     * @param name its name
     * @param value its value; null is written for none
     * @return this object
     */
    public JsonObject put(String name, OptionalLong value) {
        return member(name, value.isPresent() ? Long.toString(value.getAsLong()) : "null");
    }

    /**
     * Adds a member.
     *
     * @param name its name
     * @param value its value; null is written for what is no finite number
     * @return this object
     */
    public JsonObject put(String name, double value) {
        return member(name, Double.isFinite(value) ? Double.toString(value) : "null");
    }

    /**
     * Adds a member.
     *
     * @param name its name
     * @param value its value
     * @return this object
     */
    public JsonObject put(String name, boolean value) {
        return member(name, Boolean.toString(value));
    }

    /**
     * Adds a member.
     *
     * @param name its name
     * @param value its value; null is written for none
     * @return this object
     */
    public JsonObject put(String name, OptionalInt value) {
        return member(name, number(value));
    }

    /**
     * Adds a member.
     *
     * @param name its name
     * @param value its value; null is written for none
     * @return this object
     */
    public JsonObject put(String name, Optional<Boolean> value) {
        return member(name, value.map(String::valueOf).orElse("null"));
    }

    /**
     * Adds a member.
     *
     * @param name its name
     * @param value its value, as it is now
     * @return this object
     */
    public JsonObject put(String name, JsonObject value) {
        return member(name, value.toString());
    }

    /**
     * Adds a member.
     *
     * @param name its name
     * @param value its value, as it is now; null is written for none
     * @return this object
     */
    public JsonObject putOptional(String name, Optional<JsonObject> value) {
        return member(name, value.map(JsonObject::toString).orElse("null"));
    }

    /**
     * Adds a member that is an array of numbers.
     *
     * @param name its name
     * @param values its elements
     * @return this object
     */
    public JsonObject putNumbers(String name, List<Integer> values) {
        return putOptionals(name, values.stream().map(OptionalInt::of).toList());
    }

    /**
     * Adds a member that is an array of numbers.
     *
     * @param name its name
     * @param values its elements; null is written for none
     * @return this object
     */
    public JsonObject putOptionals(String name, List<OptionalInt> values) {
        return member(name, values.stream().map(JsonObject::number).collect(Collectors.joining(",", "[", "]")));
    }

    /**
     * Adds a member that is an array of objects.
     *
     * @param name its name
     * @param values its elements, as they are now
     * @return this object
     */
    public JsonObject putObjects(String name, List<JsonObject> values) {
        return member(name, arrayOf(values));
    }

    private static String number(OptionalInt value) {
        return value.isPresent() ? Integer.toString(value.getAsInt()) : "null";
    }

    private JsonObject member(String name, String json) {
        members.append(members.isEmpty() ? "" : ",")
                .append(quote(name))
                .append(':')
                .append(json);
        return this;
    }

    /**
     * An array of objects, one on a line.
     *
     * @param objects its elements
     * @return the JSON text
     */
    public static String arrayOf(List<JsonObject> objects) {
        return objects.stream().map(JsonObject::toString).collect(Collectors.joining(",\n ", "[", "]"));
    }

    private static String quote(String value) {
        StringBuilder quoted = new StringBuilder(value.length() + 2).append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
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
