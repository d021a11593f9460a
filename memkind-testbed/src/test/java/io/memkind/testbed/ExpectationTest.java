package io.memkind.testbed;

import static org.assertj.core.api.Assertions.assertThat;

import io.memkind.Availability;
import io.memkind.Placement;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** That each way in which memory can be wrong is found. */
class ExpectationTest {
    private static final Availability YES = new Availability(true, "", "");
    private static final Availability NO = new Availability(false, "the firmware has no HMAT", "set MEMKIND_HBW_NODES");
    private static final long BYTES = 11L << 20;

    private static Observation placed(PolicyMode mode, String policyNodes, Map<Integer, Long> bytesPerNode) {
        return new Observation.Placed(
                YES,
                Set.of(new NodePolicy(mode, NodeLists.parse(policyNodes))),
                new Placement(
                        bytesPerNode.values().stream()
                                .mapToLong(Long::longValue)
                                .sum(),
                        new TreeMap<>(bytesPerNode),
                        new TreeMap<>(Map.of(4096L, BYTES))));
    }

    private static Expectation on(String nodes) {
        return new Expectation.OnNodes(NodeLists.parse(nodes), NodeLists.parse(nodes));
    }

    @Test
    void acceptsWhatIsRight() {
        assertThat(on("2").mismatch("hbw", placed(PolicyMode.BIND, "2", Map.of(2, BYTES))))
                .isEmpty();
        assertThat(on("0,2").mismatch("hbw_all", placed(PolicyMode.BIND, "0,2", Map.of(2, BYTES))))
                .isEmpty();
        assertThat(on("2").mismatch("hbw_preferred", placed(PolicyMode.PREFERRED, "2", Map.of(2, BYTES))))
                .isEmpty();
        assertThat(on("0,2")
                        .mismatch(
                                "hbw_interleave",
                                placed(PolicyMode.INTERLEAVE, "0,2", Map.of(0, BYTES / 2, 2, BYTES / 2))))
                .isEmpty();
        assertThat(new Expectation.NoPolicy()
                        .mismatch(
                                "default",
                                new Observation.Placed(
                                        YES,
                                        Set.of(new NodePolicy(PolicyMode.DEFAULT, new TreeSet<>())),
                                        new Placement(
                                                BYTES,
                                                new TreeMap<>(Map.of(1, BYTES)),
                                                new TreeMap<>(Map.of(4096L, BYTES))))))
                .isEmpty();
    }

    @Test
    void findsAWrongPolicy() {
        assertThat(on("2").mismatch("hbw", placed(PolicyMode.BIND, "2,3", Map.of(2, BYTES))))
                .hasValue("policies [BIND 2,3] instead of BIND 2");
        assertThat(on("2").mismatch("hbw_preferred", placed(PolicyMode.BIND, "2", Map.of(2, BYTES))))
                .hasValue("policies [BIND 2] instead of PREFERRED 2");
        assertThat(new Expectation.NoPolicy().mismatch("hugetlb", placed(PolicyMode.BIND, "0", Map.of(0, BYTES))))
                .hasValue("policies [BIND 0] instead of DEFAULT none");
    }

    @Test
    void findsPagesThatAreElsewhere() {
        assertThat(on("2").mismatch("hbw", placed(PolicyMode.BIND, "2", Map.of(2, BYTES - 4096, 0, 4096L))))
                .hasValueSatisfying(text -> assertThat(text).startsWith("bytes by node {0=4096"));
        assertThat(on("2").mismatch("hbw", placed(PolicyMode.BIND, "2", Map.of(2, BYTES / 2))))
                .hasValueSatisfying(text -> assertThat(text).startsWith("only "));
        assertThat(on("0,2")
                        .mismatch(
                                "interleave", placed(PolicyMode.INTERLEAVE, "0,2", Map.of(0, BYTES - 4096, 2, 4096L))))
                .hasValueSatisfying(text -> assertThat(text).startsWith("uneven"));
        assertThat(on("2").mismatch("hbw_hugetlb", placed(PolicyMode.BIND, "2", Map.of(2, BYTES))))
                .hasValueSatisfying(text -> assertThat(text).startsWith("bytes by page size"));
    }

    @Test
    void anUnavailableKindSaysWhyAndGivesNothing() {
        Expectation unavailable = new Expectation.Unavailable("hmat");

        assertThat(unavailable.mismatch("hbw", new Observation.Exhausted(NO, "memkind_hbw has no memory")))
                .isEmpty();
        assertThat(unavailable.mismatch("hbw", new Observation.Exhausted(YES, "memkind_hbw has no memory")))
                .isPresent();
        assertThat(unavailable.mismatch("hbw", placed(PolicyMode.BIND, "2", Map.of(2, BYTES))))
                .isPresent();
        assertThat(new Expectation.Unavailable("")
                        .mismatch("hbw", new Observation.Exhausted(new Availability(false, "", ""), "")))
                .hasValue("not available, without a reason");
        assertThat(new Expectation.Unavailable("DAX").mismatch("hbw", new Observation.Exhausted(NO, "")))
                .hasValueSatisfying(text -> assertThat(text).startsWith("not available, but 'DAX' is not in"));
    }

    @Test
    void anExhaustedKindIsNamed() {
        assertThat(new Expectation.Exhausted().mismatch("hbw", new Observation.Exhausted(YES, "memkind_hbw has none")))
                .isEmpty();
        assertThat(new Expectation.Exhausted().mismatch("hbw", new Observation.Exhausted(YES, "none")))
                .isPresent();
        assertThat(new Expectation.Exhausted().mismatch("hbw", placed(PolicyMode.BIND, "2", Map.of(2, BYTES))))
                .isPresent();
        assertThat(on("2").mismatch("hbw", new Observation.Exhausted(YES, "memkind_hbw has none")))
                .hasValue("available, but memkind_hbw has none");
    }
}
