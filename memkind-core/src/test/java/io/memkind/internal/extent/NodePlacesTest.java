package io.memkind.internal.extent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class NodePlacesTest {
    private final AtomicInteger cpu = new AtomicInteger();
    private final AtomicInteger resolutions = new AtomicInteger();
    private final List<List<Integer>> made = new ArrayList<>();
    private CpuTargets targets = new CpuTargets(Map.of(0, List.of(0), 1, List.of(1), 2, List.of(0)), List.of(0, 1));
    private boolean refuses;

    private final NodePlaces places = new NodePlaces(
            () -> {
                resolutions.incrementAndGet();
                if (refuses) {
                    throw ExtentUnavailableException.because("no such nodes", 0);
                }
                return targets;
            },
            nodes -> {
                made.add(nodes);
                return AnonymousSource.of(AnonymousSource.Pages.BASE, 0);
            },
            cpu::get);

    private List<Integer> nodesOn(int number) {
        cpu.set(number);
        return places.nodesOf(places.currentPlace());
    }

    @Test
    void aThreadGetsTheNodesOfItsProcessor() {
        assertThat(nodesOn(0)).containsExactly(0);
        assertThat(nodesOn(1)).containsExactly(1);
        assertThat(nodesOn(2)).containsExactly(0);
        assertThat(resolutions).hasValue(1);
    }

    @Test
    void anUnknownProcessorGetsAllNodes() {
        assertThat(nodesOn(3)).containsExactly(0, 1);
        assertThat(nodesOn(-38)).containsExactly(0, 1);
        assertThat(nodesOn(Integer.MAX_VALUE)).containsExactly(0, 1);
    }

    @Test
    void processorsWithTheSameNodesShareAPlace() {
        cpu.set(0);
        int first = places.currentPlace();
        cpu.set(2);
        assertThat(places.currentPlace()).isEqualTo(first);
        assertThat(made).doesNotHaveDuplicates();
    }

    @Test
    void whereAllThreadsHaveTheSameNodesTheProcessorIsNotAsked() {
        targets = new CpuTargets(Map.of(0, List.of(1), 1, List.of(1)), List.of(0, 1));
        NodePlaces uniform =
                new NodePlaces(() -> targets, nodes -> AnonymousSource.of(AnonymousSource.Pages.BASE, 0), () -> {
                    throw new AssertionError("asked");
                });
        assertThat(uniform.nodesOf(uniform.currentPlace())).containsExactly(1);
    }

    @Test
    void whereThereAreGapsBetweenProcessorsTheOthersDecide() {
        targets = new CpuTargets(Map.of(0, List.of(1), 5, List.of(1)), List.of(0, 1));
        NodePlaces uniform =
                new NodePlaces(() -> targets, nodes -> AnonymousSource.of(AnonymousSource.Pages.BASE, 0), () -> {
                    throw new AssertionError("asked");
                });
        assertThat(uniform.nodesOf(uniform.currentPlace())).containsExactly(1);
    }

    @Test
    void aProcessorThatComesOnlineIsLookedForOnceInAWhile() {
        assertThat(nodesOn(1)).containsExactly(1);
        targets = new CpuTargets(Map.of(0, List.of(0), 1, List.of(1), 4, List.of(1)), List.of(0, 1));
        assertThat(nodesOn(4)).containsExactly(1);
        assertThat(resolutions).hasValue(2);
        assertThat(nodesOn(5)).containsExactly(0, 1);
        assertThat(nodesOn(5)).containsExactly(0, 1);
        assertThat(nodesOn(-1)).containsExactly(0, 1);
        assertThat(resolutions).hasValue(2);
    }

    @Test
    void whatWasFoundHoldsIfAnUnknownProcessorCannotBeLookedFor() {
        assertThat(nodesOn(1)).containsExactly(1);
        refuses = true;
        assertThat(nodesOn(9)).containsExactly(0, 1);
        assertThat(nodesOn(1)).containsExactly(1);
    }

    @Test
    void placesKeepTheirNumbersWhenNodesCome() {
        cpu.set(1);
        int before = places.currentPlace();
        targets = new CpuTargets(Map.of(1, List.of(7)), List.of(7));
        assertThat(places.currentPlace()).isEqualTo(before);
        places.forget();
        int after = places.currentPlace();
        assertThat(places.nodesOf(after)).containsExactly(7);
        assertThat(after).isNotEqualTo(before);
        assertThat(places.nodesOf(before)).containsExactly(1);
        targets = new CpuTargets(Map.of(1, List.of(1)), List.of(1));
        places.forget();
        assertThat(places.currentPlace()).isEqualTo(before);
    }

    @Test
    void aRefusalHoldsForAWhileAndEndsWhenForgotten() {
        refuses = true;
        for (int i = 0; i < 3; i++) {
            assertThatExceptionOfType(ExtentUnavailableException.class)
                    .isThrownBy(places::currentPlace)
                    .withMessage("no such nodes");
        }
        assertThat(resolutions).hasValue(1);
        refuses = false;
        places.forget();
        assertThat(nodesOn(0)).containsExactly(0);
    }
}
