package io.memkind.cli.stats;

import io.memkind.cli.json.JsonObject;
import java.util.List;
import java.util.OptionalLong;
import javax.management.openmbean.CompositeData;
import org.jspecify.annotations.Nullable;

/**
 * What the kinds of a process held at one moment, in the words of its version of the library.
 *
 * @param pid number of the process
 * @param command its main class or jar, and the arguments
 * @param version of its library
 * @param total over all kinds; null if it is not known
 * @param kinds one by one
 */
public record KindsReading(
        long pid, String command, String version, @Nullable CompositeData total, List<CompositeData> kinds) {
    /** Copies the list. */
    public KindsReading {
        kinds = List.copyOf(kinds);
    }

    /** A number of a kind; none where this version has none. */
    static OptionalLong number(CompositeData data, String name) {
        return data.containsKey(name) && data.get(name) instanceof Number number
                ? OptionalLong.of(number.longValue())
                : OptionalLong.empty();
    }

    /** A text of a kind; empty where this version has none. */
    static String text(CompositeData data, String name) {
        return data.containsKey(name) && data.get(name) instanceof String text ? text : "";
    }

    /**
     * All that was read, members unknown to this version included.
     *
     * @return an object on one line
     */
    public String toJson() {
        JsonObject object =
                new JsonObject().put("pid", pid).put("command", command).put("version", version);
        if (total != null) {
            object.put("total", OpenDataJson.of(total));
        }
        /* Line ends stand between elements only: in strings they are escaped. */
        return object.putObjects("kinds", kinds.stream().map(OpenDataJson::of).toList())
                .toString()
                .replace("\n", "");
    }
}
