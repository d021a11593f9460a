package io.memkind.testbed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The scenarios, as far as they can be played on the machine that runs the tests. */
class ScenarioTest {
    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private final Checks checks = new Checks(new PrintStream(output, true, StandardCharsets.UTF_8), "test", true);

    private static SortedSet<Integer> nodes(Integer... nodes) {
        return new TreeSet<>(List.of(nodes));
    }

    @Test
    void everyScenarioHasAName() {
        assertThat(Scenario.parse("moving-thread")).isEqualTo(new MovingThread());
        assertThat(Scenario.parse("interleave-turns")).isEqualTo(new InterleaveTurns());
        assertThat(Scenario.parse("named-nodes")).isEqualTo(new NamedNodes());
        assertThat(Scenario.parse("huge-pools")).isEqualTo(new HugePools());
        assertThat(Scenario.parse("dax-online")).isEqualTo(new DaxOnline());
        assertThat(Scenario.parse("spill 2")).isEqualTo(new PreferredSpill(2));
        assertThat(Scenario.parse("interleave-weights 0:3,1:255"))
                .isEqualTo(new InterleaveWeights(new TreeMap<>(Map.of(0, 3, 1, 255))));
        assertThat(Scenario.parse("exec hbw")).isEqualTo(new ExecPolicy("hbw"));
        assertThat(Scenario.parse("full-node hbw hbw_preferred")).isEqualTo(new FullNode("hbw", "hbw_preferred"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "spill",
                "spill x",
                "moving-thread 1",
                "full-node hbw",
                "exec",
                "somewhere",
                "interleave-weights 1",
                "interleave-weights 0:0",
                "interleave-weights 0:256",
                "interleave-weights 0:1,0:1",
                "interleave-weights x:1",
                "interleave-weights 0:1:1"
            })
    void otherTextIsNoScenario(String text) {
        assertThatThrownBy(() -> Scenario.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is no ");
    }

    @Test
    void pagesInTurnMayBeginAnywhere() {
        assertThat(InterleaveTurns.mismatch(new int[] {2, 0, 1, 2, 0}, nodes(0, 1, 2)))
                .isEmpty();
        assertThat(InterleaveTurns.mismatch(new int[] {1, 1, 1}, nodes(1))).isEmpty();
    }

    @Test
    void pagesOutOfTurnAreFound() {
        assertThat(InterleaveTurns.mismatch(new int[] {0, 1, 1, 0}, nodes(0, 1)))
                .hasValue("page 2 of ... 0,1,1,0 ...");
        assertThat(InterleaveTurns.mismatch(new int[] {2, 0}, nodes(0, 1))).isPresent();
        assertThat(InterleaveTurns.mismatch(new int[] {0, -2}, nodes(0))).isPresent();
    }

    @Test
    void weightsAreTurnsOfSeveralPages() {
        SortedMap<Integer, Integer> weights = new TreeMap<>(Map.of(0, 3, 1, 1, 4, 2));

        assertThat(InterleaveWeights.mismatch(new int[] {0, 0, 0, 1, 4, 4, 0, 0}, weights))
                .isEmpty();
        assertThat(InterleaveWeights.mismatch(new int[] {0, 1, 4, 4, 0, 0, 0, 1}, weights))
                .isEmpty();
        assertThat(InterleaveWeights.mismatch(new int[] {0, 0, 0, 0, 1}, weights))
                .hasValue("page 3 on node 0, pages by node {0=4, 1=1}");
        assertThat(InterleaveWeights.mismatch(new int[] {4, 4, 0, 0, 1, 0}, weights))
                .isPresent();
        assertThat(InterleaveWeights.mismatch(new int[] {-2}, weights)).isPresent();
    }

    @Test
    void memoryOfThisMachinesNodesIsWhereItShouldBe() throws Exception {
        Thread thread = new Thread(() -> {
            Machine machine = new Machine();
            SortedSet<Integer> all = machine.facts().nodesWithMemory();
            SortedMap<Integer, Expectation> everywhere = new TreeMap<>();
            machine.facts().initiators().forEach(node -> everywhere.put(node, new Expectation.OnNodes(all, all)));
            ExpectedRun run = new ExpectedRun("r", Map.of("interleave", everywhere), List.of());

            new NamedNodes().play(machine, run, checks);
            new InterleaveTurns().play(machine, run, checks);
            new MovingThread().play(machine, run, checks);
        });
        thread.start();
        thread.join();

        assertThat(output.toString(StandardCharsets.UTF_8))
                .contains("memkind_nodes:")
                .contains("page by page")
                .doesNotContain("FAIL");
        assertThat(checks.failures()).isZero();
    }

    @Test
    void failuresAreCountedAndPrinted() {
        Checks quiet = new Checks(new PrintStream(output, true, StandardCharsets.UTF_8), "t r", false);
        quiet.expectEqual("a", 1, 1);
        quiet.expectTrue("b", "more", false, 2);
        quiet.expect("c", "x", Optional.of("y"));
        quiet.printSum();

        assertThat(quiet.failures()).isEqualTo(2);
        assertThat(output.toString(StandardCharsets.UTF_8))
                .isEqualTo("FAIL t r: b: expected more; got 2\nFAIL t r: c: expected x; got y\nchecks 3 failures 2\n");
    }

    @Test
    void policiesAreWrittenAsTheKernelWritesThem() {
        assertThat(KernelText.policy(PolicyMode.BIND, nodes(2))).isEqualTo("bind:2");
        assertThat(KernelText.policy(PolicyMode.INTERLEAVE, nodes(0, 1, 2, 5, 7, 8)))
                .isEqualTo("interleave:0-2,5,7-8");
        assertThat(KernelText.policyOf("7ffd5000 prefer (many):2-3 stack anon=3"))
                .isEqualTo("prefer (many):2-3");
        assertThat(KernelText.policyOf("7ffd5000 weighted interleave:0-2 stack anon=3"))
                .isEqualTo("weighted interleave:0-2");
        assertThat(KernelText.policy(PolicyMode.WEIGHTED_INTERLEAVE, nodes(0, 1, 2)))
                .isEqualTo("weighted interleave:0-2");
        assertThat(KernelText.policyOf("55d0 bind:2 heap anon=3")).isEqualTo("bind:2");
        assertThat(KernelText.policyOf("55d0 default")).isEqualTo("default");
        assertThat(KernelText.policy(PolicyMode.DEFAULT, new TreeSet<>())).isEqualTo("default");
    }

    @Test
    void aRunThatSaysNothingOfAKindIsAMistake() {
        ExpectedRun run = new ExpectedRun("r", Map.of(), List.of());

        assertThatThrownBy(() -> run.expectation("hbw", 1)).hasMessage("run r says nothing of hbw from node 1");
    }
}
