package io.memkind.topology;

/** Processors whose make tells what memory they have. */
record KnownProcessor(Processor processor) {
    private static final int KNIGHTS_LANDING = 0x57;
    private static final int KNIGHTS_MILL = 0x85;

    private boolean isIntel6() {
        return processor.vendor().equals("GenuineIntel") && processor.family() == 6;
    }

    boolean isXeonPhi() {
        return isIntel6() && (processor.model() == KNIGHTS_LANDING || processor.model() == KNIGHTS_MILL);
    }

    /** Whether the nodes are as the C library expects them of Xeon Phi: 2, 4 or 8, half of them without processors. */
    static boolean hasXeonPhiLayout(Topology topology) {
        int count = topology.nodes().size();
        long withoutProcessors = topology.nodes().stream()
                .filter(node -> !NodeEvidence.hasProcessors(node))
                .count();
        return (count == 2 || count == 4 || count == 8) && withoutProcessors * 2 == count;
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
