package io.memkind.topology;

/** What memory a DAX device gives access to, by its place among the devices of the kernel. */
public enum DaxBacking {
    /** Persistent memory: it hangs on an NVDIMM bus. */
    PERSISTENT("persistent memory"),
    /** Memory behind a CXL link. */
    CXL("CXL memory"),
    /** Memory that the firmware reserved for a special purpose (EFI_MEMORY_SP), such as high-bandwidth memory. */
    SOFT_RESERVED("memory that the firmware reserved for a special purpose"),
    /** The kernel does not tell. */
    UNKNOWN("memory of unknown make");

    private final String description;

    DaxBacking(String description) {
        this.description = description;
    }

    /**
     * What it is, in words.
     *
     * @return for instance {@code persistent memory}
     */
    public String description() {
        return description;
    }
}
