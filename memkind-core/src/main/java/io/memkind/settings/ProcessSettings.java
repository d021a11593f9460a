package io.memkind.settings;

import java.util.AbstractMap;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The environment and the system properties of this process: a view, since properties may change. */
final class ProcessSettings extends AbstractMap<String, String> {
    static final ProcessSettings INSTANCE = new ProcessSettings();

    private static final String PROPERTY_PREFIX = "io.memkind.";

    private ProcessSettings() {}

    @Override
    public @Nullable String get(Object key) {
        String name = (String) key;
        /* A variable may have any name, but cannot pass for a property. */
        return name.startsWith(PROPERTY_PREFIX) ? System.getProperty(name) : System.getenv(name);
    }

    @Override
    public boolean containsKey(Object key) {
        return get(key) != null;
    }

    @Override
    public Set<Entry<String, String>> entrySet() {
        Map<String, String> all = new HashMap<>(System.getenv());
        all.keySet().removeIf(name -> name.startsWith(PROPERTY_PREFIX));
        for (String name : System.getProperties().stringPropertyNames()) {
            if (name.startsWith(PROPERTY_PREFIX)) {
                all.put(name, System.getProperty(name, ""));
            }
        }
        return Collections.unmodifiableSet(all.entrySet());
    }
}
