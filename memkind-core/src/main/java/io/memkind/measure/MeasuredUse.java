package io.memkind.measure;

import io.memkind.settings.Settings;
import io.memkind.topology.Topology;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;

/**
 * Whether kinds go by what was measured. The system property {@value #PROPERTY} says it, or where that is not set the
 * environment variable {@value #VARIABLE}; else it is {@link #FALLBACK}.
 */
public enum MeasuredUse {
    /** Never. */
    IGNORE,
    /** Where the firmware tells no performance of any node. */
    FALLBACK,
    /** Wherever something was measured. */
    PREFER;

    /** Name of the system property. */
    public static final String PROPERTY = "io.memkind.measured";

    /** Name of the environment variable. */
    public static final String VARIABLE = "MEMKIND_MEASURED";

    /**
     * What the user of this process says.
     *
     * @return the choice
     * @throws io.memkind.settings.SettingException if it is none of {@code ignore}, {@code fallback} and {@code prefer}; the message
     *     names the property or variable, the value and what is accepted
     */
    public static MeasuredUse configured() {
        return of(Settings.ofProcess());
    }

    /**
     * What a user says.
     *
     * @param environment the environment variables
     * @param properties the system properties, which go first
     * @return the choice
     * @throws io.memkind.settings.SettingException as {@link #configured()}
     */
    public static MeasuredUse of(Map<String, String> environment, Properties properties) {
        Map<String, String> settings = new HashMap<>(environment);
        settings.remove(PROPERTY); // a variable of that name is none
        String property = properties.getProperty(PROPERTY);
        if (property != null) {
            settings.put(PROPERTY, property);
        }
        return of(settings);
    }

    private static MeasuredUse of(Map<String, String> settings) {
        return valueOf(Settings.MEASURED.value(settings).toUpperCase(Locale.ROOT));
    }

    /** {@return the name as users write it} */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The machine as kinds are to see it. The store is read only if that could change anything.
     *
     * @param topology the running machine, as its firmware describes it
     * @param store where measurements are
     * @return the machine with what was measured; the same object if nothing was, or is to be used
     */
    public Topology applyTo(Topology topology, MeasurementStore store) {
        boolean firmwareTells = topology.nodes().stream().anyMatch(MeasuredNodes::firmwareTells);
        boolean unused = this == IGNORE
                || (this == FALLBACK && firmwareTells)
                || topology.nodes().isEmpty();
        return unused
                ? topology
                : store.load(topology)
                        .map(measured -> applyTo(topology, measured))
                        .orElse(topology);
    }

    /**
     * The machine as kinds are to see it.
     *
     * @param topology the running machine, as its firmware describes it
     * @param measured what was measured of it
     * @return the machine with what was measured; the same object if that is not to be used
     */
    public Topology applyTo(Topology topology, MeasuredAttributes measured) {
        return this == IGNORE ? topology : measured.applyTo(topology, precedence());
    }

    private Precedence precedence() {
        return this == PREFER ? Precedence.MEASURED_WINS : Precedence.FIRMWARE_WINS;
    }
}
