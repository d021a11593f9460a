package io.memkind.topology;

/** Processors whose make tells what memory they have. */
record KnownProcessor(Processor processor) {
    private boolean isIntel6() {
        return processor.vendor().equals("GenuineIntel") && processor.family() == 6;
    }

    /** Fujitsu's first part of the ARMv8 architecture. */
    boolean isA64fx() {
        return processor.vendor().equals("0x46") && processor.model() == 0x001;
    }

    boolean isXeonMax() {
        return isIntel6() && processor.name().contains("CPU Max ");
    }

    /** Whether it may be of a machine whose GPUs offer their memory as nodes: those of POWER have no vendor here. */
    boolean mayShareMemoryOfGpus() {
        return processor.vendor().isEmpty() || processor.vendor().startsWith("0x");
    }
}
