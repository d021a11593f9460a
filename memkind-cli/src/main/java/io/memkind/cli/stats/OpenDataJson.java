package io.memkind.cli.stats;

import io.memkind.cli.json.JsonObject;
import java.util.List;
import java.util.OptionalLong;
import javax.management.openmbean.CompositeData;
import org.jspecify.annotations.Nullable;

/** Open data of JMX as JSON. */
final class OpenDataJson {
    private OpenDataJson() {}

    static JsonObject of(CompositeData data) {
        JsonObject object = new JsonObject();
        for (String name : data.getCompositeType().keySet()) {
            put(object, name, data.get(name));
        }
        return object;
    }

    private static void put(JsonObject object, String name, @Nullable Object value) {
        switch (value) {
            case null -> object.put(name, OptionalLong.empty());
            case Boolean truth -> object.put(name, truth);
            case Double number -> object.put(name, number);
            case Float number -> object.put(name, number.doubleValue());
            case Number number -> object.put(name, number.longValue());
            case CompositeData inner -> object.put(name, of(inner));
            case CompositeData[] inner ->
                object.putObjects(
                        name, List.of(inner).stream().map(OpenDataJson::of).toList());
            default -> object.put(name, value.toString());
        }
    }
}
