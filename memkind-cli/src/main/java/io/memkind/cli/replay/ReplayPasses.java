package io.memkind.cli.replay;

import java.util.function.LongSupplier;

/** The passes of a replay, one after another on the same heap. */
interface ReplayPasses {
    /** A pass that is not timed. Afterwards the objects that the program never freed are live. */
    PassMeasurement measure(LongSupplier residentBytes);

    /** A pass, and the nanoseconds it took. Afterwards the objects that the program never freed are live. */
    long time();

    /** Frees what is live after a pass. */
    void freeLive();
}
