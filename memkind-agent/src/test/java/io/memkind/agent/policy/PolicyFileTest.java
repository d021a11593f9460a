package io.memkind.agent.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.memkind.agent.policy.TargetSpec.OfFile;
import io.memkind.agent.policy.TargetSpec.OfKind;
import io.memkind.agent.policy.TargetSpec.OfNodes;
import io.memkind.agent.policy.TargetSpec.OfTiers;
import io.memkind.agent.policy.TargetSpec.Share;
import io.memkind.attribute.NodePolicy;
import io.memkind.attribute.PageKind;
import io.memkind.tier.TierPolicy;
import io.memkind.tier.TierThreshold;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyFileTest {
    private static AllocationPolicy parse(String text) {
        return PolicyFile.parse(text.lines().toList(), "p");
    }

    @Test
    void understandsEveryStatement() {
        AllocationPolicy policy = parse("""
                # where things go
                kind big = default_thp limit 1G
                file scratch = "/mnt/my pmem" limit 16G   # a directory
                nodes far = 0,2 policy interleave pages hugetlb-2m limit 64M
                tiers both = dynamic-threshold regular:1 far:4 big
                threshold both 1 = 2K from 1537 to 4K

                when size 1M..64M and thread "worker *" and class org.example.** use big
                when size ..64K use scratch
                when class a.B and class c.* use jvm
                when thread main use both
                otherwise use DEFAULT
                on failure throw
                """);

        OfKind big = new OfKind("memkind_default_thp", 1L << 30);
        OfNodes far = new OfNodes(List.of(0, 2), NodePolicy.INTERLEAVE, PageKind.HUGETLB_2M, 64L << 20);
        assertThat(policy.targets())
                .containsOnlyKeys("big", "scratch", "both", "memkind_default", "jvm")
                .containsEntry("big", big)
                .containsEntry("scratch", new OfFile(Path.of("/mnt/my pmem"), 16L << 30))
                .containsEntry(
                        "both",
                        new OfTiers(
                                TierPolicy.DYNAMIC_THRESHOLD,
                                List.of(
                                        new Share(new OfKind("memkind_regular", 0), 1),
                                        new Share(far, 4),
                                        new Share(big, 1)),
                                new TreeMap<>(java.util.Map.of(1, new TierThreshold(2048, 1537, 4096)))));
        assertThat(policy.otherwise()).isEqualTo("memkind_default");
        assertThat(policy.onFailure()).isEqualTo(FailureAction.THROW);
        assertThat(policy.rules()).hasSize(4);
        Rule first = policy.rules().get(0);
        assertThat(first.sizes()).isEqualTo(new SizeRange(1 << 20, 64 << 20));
        assertThat(first.classes()).hasToString("[org.example.**]");
        assertThat(first.threads()).hasToString("[worker *]");
        assertThat(policy.rules().get(1).sizes()).isEqualTo(new SizeRange(0, 64 << 10));
        assertThat(policy.rules().get(2).classes()).hasToString("[a.B, c.*]");
        assertThat(policy.rules().get(3).sizes()).isEqualTo(SizeRange.ALL);
    }

    @Test
    void leavesTheRestToTheJvmAndFallsBackUnlessSaid() {
        AllocationPolicy policy = parse("when size 4096 use hugetlb\non failure fall back");

        assertThat(policy.otherwise()).isEqualTo("jvm");
        assertThat(policy.onFailure()).isEqualTo(FailureAction.FALL_BACK);
        assertThat(policy.rules().get(0).sizes()).isEqualTo(new SizeRange(4096, 4096));
    }

    /* The line that is wrong, and what the message has to have in it. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "put a on b | 'put' begins no statement",
                "kind | expected a name",
                "kind 1x = default | '1x' is no name",
                "kind jvm = default | the name 'jvm' is taken",
                "kind hbw = default | the name 'hbw' is taken",
                "kind a default | 'default' is not understood here; expected '='",
                "kind a = nothing | there is no static kind 'nothing'",
                "kind a = default limit 5Q | '5Q' is not a size",
                "kind a = default limit | the line ends behind 'limit'",
                "kind a = default limit 9999999999999999999 | '9999999999999999999' is too large",
                "kind a = default extra | 'extra' is too much",
                "file a = \"/x | the quote in '\"/x' is not closed",
                "nodes a = 1;2 | '1;2' is no list of nodes",
                "nodes a = 0 policy often | 'often' is none of none, bind, preferred",
                "nodes a = 0 pages small | 'small' is none of base, transparent-huge",
                "tiers a = by-size default:1 | 'by-size' is none of static-ratio, dynamic-threshold",
                "tiers a = static-ratio | expected TARGET:RATIO",
                "tiers a = static-ratio default:0 | '0' in 'default:0' is no ratio",
                "tiers a = static-ratio default:x | 'x' in 'default:x' is no ratio",
                "tiers a = static-ratio jvm:1 | 'jvm' cannot be a tier",
                "tiers a = dynamic-threshold default:1 | 'a' has one",
                "threshold a 0 = 1 from 1 to 2 | 'a' has no thresholds",
                "when size 1M.. use nothing | there is no target 'nothing'; define it above, or name jvm or one of memkind_default",
                "when size .. use jvm | '..' is no range",
                "when size 2..1 use jvm | no size is in the range '2..1'",
                "when size 1 and size 2 use jvm | 'size' is there twice",
                "when size 1 or size 2 use jvm | 'or' is not understood here; expected 'use'",
                "when colour red use jvm | 'colour' is no condition",
                "when class \"\" use jvm | the pattern is empty",
                "when size 1 use | the line ends behind 'use'; expected a target",
                "on failure abort | 'abort' is not understood here; expected 'fall'",
                "on success throw | 'success' is not understood here; expected 'failure'",
            })
    void namesTheLineTheValueAndTheRemedy(String line, String message) {
        assertThatThrownBy(() -> parse("# first\n" + line + "\notherwise use default"))
                .isInstanceOf(PolicyException.class)
                .hasMessageStartingWith("p:2: ")
                .hasMessageContaining(message);
    }

    @Test
    void refusesWhatCannotHaveAnEffect() {
        assertThatThrownBy(() -> parse("otherwise use jvm\nwhen size 1 use default"))
                .hasMessageContaining("p:2: this rule stands behind");
        assertThatThrownBy(() -> parse("otherwise use jvm\notherwise use jvm")).hasMessageContaining("is there twice");
        assertThatThrownBy(() -> parse("on failure throw\non failure throw")).hasMessageContaining("is there twice");
        assertThatThrownBy(() -> parse("# nothing")).hasMessageContaining("p has no rule");
        assertThatThrownBy(() -> PolicyFile.read(Path.of("/no/such/file")))
                .hasMessageContaining("/no/such/file cannot be read");
    }

    @ParameterizedTest
    @CsvSource({
        "org.a.*,org.a.B,true",
        "org.a.*,org.a.b.C,false",
        "org.a.**,org.a.b.C,true",
        "org.a.**,org.ab.C,false",
        "**Pool*,io.netty.PoolArena,true",
        "org.a.B?,org.a.B1,true",
        "org.a.?B,org.a..B,false",
        "a.b,aXb,false",
        "a+b,aab,false"
    })
    void matchesClasses(String pattern, String name, boolean matches) {
        assertThat(NamePattern.ofClasses(pattern).matches(name)).isEqualTo(matches);
    }

    @ParameterizedTest
    @CsvSource({"worker-*,worker-1.2,true", "worker-*,my worker-1,false", "'','',false", "pool?,pool.,true"})
    void matchesThreads(String pattern, String name, boolean matches) {
        if (pattern.isEmpty()) {
            assertThatThrownBy(() -> NamePattern.ofThreads(pattern)).isInstanceOf(PolicyException.class);
        } else {
            assertThat(NamePattern.ofThreads(pattern).matches(name)).isEqualTo(matches);
        }
    }
}
