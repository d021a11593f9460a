package io.memkind.topology;

/** What sort of memory a node has. */
public enum NodeClass {
    /** Ordinary memory of processors. */
    DRAM("dram"),
    /** Memory of much higher bandwidth than ordinary memory, such as HBM and MCDRAM. */
    HIGH_BANDWIDTH("high-bandwidth"),
    /** Large and slower memory behind a DAX device or a CXL link, in use as system memory. */
    DAX_KMEM("dax-kmem"),
    /** Memory of a graphics processor, no memory at all, or memory of which nothing is known. */
    OTHER("other");

    private final String label;

    NodeClass(String label) {
        this.label = label;
    }

    /**
     * The name that programs and people see.
     *
     * @return for instance {@code dax-kmem}
     */
    public String label() {
        return label;
    }
}
