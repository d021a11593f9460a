package io.memkind;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What holds for every kind. A subclass is the list of parameters of one; each test has a fresh kind. */
abstract class KindContract
        implements ZeroSizeContract,
                ArgumentContract,
                ExhaustionContract,
                ZeroingContract,
                ReallocContract,
                UsableSizeContract,
                MisuseContract,
                SegmentMisuseContract,
                DetectContract,
                StatisticsContract,
                ClosedKindContract {
    private final MemoryKind base;
    private MemoryKind kind;

    KindContract(MemoryKind base) {
        this.base = base;
    }

    /** The static kind that the kind is built on. */
    final MemoryKind base() {
        return base;
    }

    /** Sets options of the kind. */
    KindBuilder configure(KindBuilder builder) {
        return builder;
    }

    @Override
    public boolean givesMemoryBack() {
        return true;
    }

    @BeforeEach
    final void open() {
        kind = openKind();
    }

    MemoryKind openKind() {
        return configure(MemoryKind.builder(base).name("tested_" + base.name())).build();
    }

    @AfterEach
    final void closeKind() {
        kind.close();
    }

    @Override
    public final MemoryKind kind() {
        return kind;
    }

    @Override
    public final void assertNothingLeft() {
        kind.trim();
        KindStatistics statistics = kind.statistics();
        assertThat(statistics.allocatedBytes()).as("allocated bytes").isZero();
        assertThat(statistics.activeBytes()).as("active bytes").isZero();
        assertThat(statistics.largeBlocks()).as("large blocks").isZero();
        if (givesMemoryBack()) {
            assertThat(statistics.residentBytes()).as("resident bytes").isZero();
            assertThat(statistics.dirtyBytes()).as("dirty bytes").isZero();
        }
    }
}
