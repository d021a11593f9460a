package io.memkind.testbed;

import java.util.Locale;
import java.util.Optional;
import java.util.SortedSet;

/** Where the memory of a kind must be when it is allocated on a certain node's processors. */
sealed interface Expectation {
    /**
     * Compares.
     *
     * @param kindName without {@code memkind_}
     * @param seen what was observed
     * @return what is wrong; empty if all is as expected
     */
    Optional<String> mismatch(String kindName, Observation seen);

    /**
     * The kind cannot be had on this machine, says so with a reason, and gives no memory.
     *
     * @param text what the reason or the remedy must contain, in any case; may be empty
     */
    record Unavailable(String text) implements Expectation {
        @Override
        public Optional<String> mismatch(String kindName, Observation seen) {
            if (seen.availability().available() || seen instanceof Observation.Placed) {
                return Optional.of((seen.availability().available() ? "available; " : "unavailable; ") + seen);
            }
            String said =
                    seen.availability().reason() + "; " + seen.availability().remedy();
            if (seen.availability().reason().isBlank()) {
                return Optional.of("not available, without a reason");
            }
            return said.toLowerCase(Locale.ROOT).contains(text.toLowerCase(Locale.ROOT))
                    ? Optional.empty()
                    : Optional.of("not available, but '" + text + "' is not in: " + said);
        }

        @Override
        public String toString() {
            return text.isEmpty() ? "unavailable" : "unavailable because of " + text;
        }
    }

    /** There are nodes for the kind, but no memory of it there: the allocation fails. */
    record Exhausted() implements Expectation {
        @Override
        public Optional<String> mismatch(String kindName, Observation seen) {
            if (seen instanceof Observation.Exhausted failed) {
                return failed.message().contains(kindName)
                        ? Optional.empty()
                        : Optional.of("exhausted, but the message does not name the kind: " + failed.message());
            }
            return Optional.of(seen.toString());
        }

        @Override
        public String toString() {
            return "exhausted";
        }
    }

    /** Memory without a policy of its own, anywhere. */
    record NoPolicy() implements Expectation {
        @Override
        public Optional<String> mismatch(String kindName, Observation seen) {
            return PlacementCheck.mismatch(KindTraits.ofName(kindName), seen, Optional.empty(), Optional.empty());
        }

        @Override
        public String toString() {
            return "no policy";
        }
    }

    /**
     * Memory with a policy that names exactly these nodes.
     *
     * @param policyNodes the nodes of the policy
     * @param pageNodes the nodes where pages may be; those of the policy, unless memory is short there
     */
    record OnNodes(SortedSet<Integer> policyNodes, SortedSet<Integer> pageNodes) implements Expectation {
        @Override
        public Optional<String> mismatch(String kindName, Observation seen) {
            return PlacementCheck.mismatch(
                    KindTraits.ofName(kindName), seen, Optional.of(policyNodes), Optional.of(pageNodes));
        }

        @Override
        public String toString() {
            String policy = "nodes " + NodeLists.format(policyNodes);
            return pageNodes.equals(policyNodes) ? policy : policy + ", pages on " + NodeLists.format(pageNodes);
        }
    }
}
