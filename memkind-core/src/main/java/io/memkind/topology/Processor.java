package io.memkind.topology;

/**
 * The make of the processors, from {@code /proc/cpuinfo} or {@code /sys/devices/system/cpu/modalias}.
 *
 * @param vendor such as {@code GenuineIntel}; the implementer of an ARM processor, such as {@code 0x41}; empty if unknown
 * @param family the CPUID family; the architecture of an ARM processor; 0 if unknown
 * @param model the CPUID model; the part number of an ARM processor; 0 if unknown
 * @param name such as {@code POWER9, altivec supported}; empty if unknown
 */
public record Processor(String vendor, int family, int model, String name) {
    /** Not known. */
    public static final Processor UNKNOWN = new Processor("", 0, 0);

    /**
     * A processor without name.
     *
     * @param vendor such as {@code GenuineIntel}
     * @param family the CPUID family
     * @param model the CPUID model
     */
    public Processor(String vendor, int family, int model) {
        this(vendor, family, model, "");
    }
}
