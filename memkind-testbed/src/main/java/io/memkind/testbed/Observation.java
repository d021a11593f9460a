package io.memkind.testbed;

import io.memkind.Availability;
import io.memkind.Placement;
import java.util.Set;

/** What one allocation from a kind, on one processor, came to. */
sealed interface Observation {
    /** What the kind said of itself at the time. */
    Availability availability();

    /**
     * Memory was given and written to.
     *
     * @param policies all policies that were found in the block; one, if all is well
     * @param placement where its pages are
     */
    record Placed(Availability availability, Set<NodePolicy> policies, Placement placement) implements Observation {
        public Placed {
            policies = Set.copyOf(policies);
        }

        @Override
        public String toString() {
            return policies + ", pages on "
                    + NodeLists.format(placement.bytesPerNode().keySet());
        }
    }

    /**
     * No memory was given.
     *
     * @param message that of the exception
     */
    record Exhausted(Availability availability, String message) implements Observation {
        @Override
        public String toString() {
            return availability.available() ? "available, but " + message : "not available: " + availability.reason();
        }
    }
}
