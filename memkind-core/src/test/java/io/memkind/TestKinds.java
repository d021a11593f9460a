package io.memkind;

import static org.assertj.core.api.Assertions.assertThat;

/** What tests do with kinds of their own. */
final class TestKinds {
    private TestKinds() {}

    static MemoryKind open() {
        return MemoryKind.builder(Kinds.DEFAULT).name("test").build();
    }

    /** After everything was freed: nothing is live, and trim gives all memory back. */
    static void assertEmpty(MemoryKind kind) {
        assertThat(kind.statistics().allocatedBytes()).as("allocated bytes").isZero();
        assertEmptyAfterTrim(kind);
    }

    /**
     * As {@link #assertEmpty}, and closes the kind. A test that fails must not close it: threads that hang may use it still,
     * and would crash the process.
     */
    static void closeEmpty(MemoryKind kind) {
        assertEmpty(kind);
        kind.close();
    }

    /** After everything was freed or left to {@link MemoryKind#trim} to free. */
    static void assertEmptyAfterTrim(MemoryKind kind) {
        kind.trim();
        KindStatistics statistics = kind.statistics();
        assertThat(statistics.allocatedBytes()).as("allocated bytes").isZero();
        assertThat(statistics.activeBytes()).as("active bytes").isZero();
        assertThat(statistics.residentBytes()).as("resident bytes").isZero();
    }
}
