package io.memkind.internal.select;

import static org.assertj.core.api.Assertions.assertThat;

import io.memkind.attribute.PageKind;
import io.memkind.internal.select.QemuMachines.Expectation;
import io.memkind.internal.select.Selection.Nodes;
import io.memkind.internal.select.Selection.Unavailable;
import io.memkind.topology.NodeOverrides;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The expectations of the C library's own tests. */
final class QemuMachinesTest {
    static List<Expectation> expectations() {
        return QemuMachines.expectations();
    }

    private static NodeOverrides overrides(OptionalLong thresholdMiBps) {
        return new NodeOverrides(Optional.empty(), thresholdMiBps, Optional.empty());
    }

    @Test
    void areAllThere() {
        assertThat(expectations().stream().map(Expectation::machine).distinct()).hasSize(26);
        assertThat(expectations()).hasSize(26 * 9);
        assertThat(expectations().stream().filter(e -> !e.targets().isEmpty())).hasSizeGreaterThan(100);
    }

    @ParameterizedTest
    @MethodSource("expectations")
    void areMet(Expectation expectation) {
        NodeOverrides overrides = overrides(expectation.thresholdMiBps());
        Stream.of(StaticKind.values())
                .filter(kind -> kind.spec().choice() == expectation.rule()
                        && kind.spec().pages() == PageKind.BASE)
                .forEach(kind -> {
                    Selection selection = kind.spec().select(expectation.topology(), overrides);
                    if (expectation.targets().isEmpty()) {
                        assertThat(selection).as("%s", kind).isInstanceOf(Unavailable.class);
                        assertThat(((Unavailable) selection).error()).isEqualTo(SelectionError.MEMTYPE_NOT_AVAILABLE);
                    } else {
                        assertThat(selection).as("%s", kind).isInstanceOf(Nodes.class);
                        assertThat(((Nodes) selection).targetsByInitiator()).isEqualTo(expectation.targets());
                    }
                });
    }

    static List<Expectation> expectationsOfHbw() {
        return expectations().stream().filter(e -> e.rule() == NodeRule.HBW).toList();
    }

    /* None of these machines has two closest nodes, so the preferring kind chooses as the binding one. */
    @ParameterizedTest
    @MethodSource("expectationsOfHbw")
    void thePreferringKindChoosesAlike(Expectation expectation) {
        NodeOverrides overrides = overrides(expectation.thresholdMiBps());
        assertThat(StaticKind.HBW_PREFERRED.spec().select(expectation.topology(), overrides))
                .isEqualTo(StaticKind.HBW.spec().select(expectation.topology(), overrides));
    }
}
