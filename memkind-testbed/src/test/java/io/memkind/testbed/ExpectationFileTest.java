package io.memkind.testbed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpectationFileTest {
    /** Nodes 0 and 1 with processors, 2 and 3 without; 2 and 3 are the largest. */
    private static final NodeFacts FACTS = new NodeFacts(
            new TreeSet<>(List.of(0, 1)), new TreeMap<>(Map.of(0, 5L, 1, 6L, 2, 9L, 3, 9L)), new KernelVersion(6, 12));

    private static ExpectedRun parse(String... lines) {
        return ExpectationFile.parse("test", List.of(lines), FACTS).getFirst();
    }

    private static Expectation on(String nodes) {
        return new Expectation.OnNodes(NodeLists.parse(nodes), NodeLists.parse(nodes));
    }

    @Test
    void readsEveryRule() {
        ExpectedRun run = parse(
                "# comment",
                "",
                "run all",
                "env MEMKIND_HBW_NODES=2,3",
                "huge 0:1 2:16 2:1:1G",
                "scenario spill 2",
                "a,b  0>2 1>3",
                "c    *>2,3",
                "d    -",
                "e    - HMAT missing",
                "f    any",
                "g    0>2@1 1>!",
                "h    largest 0,1",
                "i    largest 2,3",
                "j    single largest 0,1",
                "k    single largest 2,3",
                "l    since 6.12 *>0",
                "m    since 7.0 *>0");

        assertThat(run.name()).isEqualTo("all");
        assertThat(run.scenarios()).containsExactly(new PreferredSpill(2));
        assertThat(run.kinds().get("a")).isEqualTo(Map.of(0, on("2"), 1, on("3")));
        assertThat(run.kinds().get("b")).isEqualTo(run.kinds().get("a"));
        assertThat(run.kinds().get("c")).isEqualTo(Map.of(0, on("2,3"), 1, on("2,3")));
        assertThat(run.kinds().get("d").get(1)).isEqualTo(new Expectation.Unavailable(""));
        assertThat(run.kinds().get("e").get(0)).isEqualTo(new Expectation.Unavailable("HMAT missing"));
        assertThat(run.kinds().get("f").get(0)).isEqualTo(new Expectation.NoPolicy());
        assertThat(run.kinds().get("g").get(0))
                .isEqualTo(new Expectation.OnNodes(NodeLists.parse("2"), NodeLists.parse("1")));
        assertThat(run.kinds().get("g").get(1)).isEqualTo(new Expectation.Exhausted());
        assertThat(run.kinds().get("h").get(0)).isEqualTo(on("1"));
        assertThat(run.kinds().get("i").get(0)).isEqualTo(on("2,3"));
        assertThat(run.kinds().get("j").get(0)).isEqualTo(on("1"));
        assertThat(run.kinds().get("k").get(0)).isEqualTo(new Expectation.Unavailable(""));
        assertThat(run.kinds().get("l").get(1)).isEqualTo(on("0"));
        assertThat(run.kinds().get("m").get(1)).isEqualTo(new Expectation.Unavailable("7.0"));
    }

    @Test
    void aRunEndsWhereTheNextBegins() {
        List<ExpectedRun> runs = ExpectationFile.parse("test", List.of("run one", "a any", "run two", "b any"), FACTS);

        assertThat(runs).extracting(ExpectedRun::name).containsExactly("one", "two");
        assertThat(ExpectedRun.find(runs, "two").kinds()).containsOnlyKeys("b");
        assertThatThrownBy(() -> ExpectedRun.find(runs, "three"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("there is no run 'three'; there are [one, two]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "a 0>2       | is for processors of [0], but those are on nodes [0, 1]",
                "a 0>2 2>2   | is for processors of [0, 2]",
                "a 0>2 0>3   | node 0 is there twice",
                "a *>7       | there are only the nodes [0, 1, 2, 3]",
                "a *>two     | 'two' is no list of nodes",
                "a *>        | '' is no list of nodes",
                "a largest 9 | there are only the nodes",
                "a somewhere | 'somewhere' is no rule",
                "a           | '' is no rule",
                "a since 6.9 | is no rule such as 'since 6.9 *>2,3'",
                "a since x - | 'x' is no version",
                "a,a any     | a is there already",
                "A any       | 'A' is not of the form",
                "env x       | 'x' is not of the form",
                "huge 1      | '1' is not of the form",
                "huge 1:1:2M | '1:1:2M' is not of the form",
                "scenario x  | 'x' is no scenario",
                "run a b     | 'a b' is not of the form"
            })
    void namesTheLineOfAMistake(String line, String message) {
        assertThatThrownBy(() -> parse("run r", line))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("test:2: ")
                .hasMessageContaining(message);
    }

    @Test
    void nothingStandsBeforeTheFirstRun() {
        assertThatThrownBy(() -> parse("a any")).hasMessage("test:1: before the first line 'run NAME'");
    }
}
