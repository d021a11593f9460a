package io.memkind.topology;

/**
 * The make of the processors, from {@code /proc/cpuinfo}.
 *
 * @param vendor such as {@code GenuineIntel}; empty if unknown
 * @param family the CPUID family; 0 if unknown
 * @param model the CPUID model; 0 if unknown
 */
public record Processor(String vendor, int family, int model) {
    /** Not known. */
    public static final Processor UNKNOWN = new Processor("", 0, 0);
}
