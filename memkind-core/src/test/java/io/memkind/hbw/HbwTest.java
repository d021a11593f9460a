package io.memkind.hbw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The policy belongs to the process, so each test has one of its own. */
class HbwTest {
    private static String run(String hbwNodes, List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:-UsePerfData",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                HbwProgram.class.getName()));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().remove("MEMKIND_HBW_THRESHOLD");
        builder.environment().put("MEMKIND_HBW_NODES", hbwNodes);
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }

    private static void assumeNode0() {
        boolean there = Files.isDirectory(Path.of("/sys/devices/system/node/node0"));
        if (!there) {
            System.out.println("Skipped: the kernel has no NUMA node 0 to name as a high-bandwidth node");
        }
        Assumptions.assumeTrue(there, "no NUMA node 0");
    }

    @ParameterizedTest
    @CsvSource({
        "BIND, memkind_hbw",
        "PREFERRED, memkind_hbw_preferred",
        "INTERLEAVE, memkind_hbw_interleave",
        "BIND_ALL, memkind_hbw_all"
    })
    void blocksAreInTheNodesThatTheUserNames(String policy, String kind) throws Exception {
        assumeNode0();
        assertThat(run("0", List.of(policy)).lines())
                .containsExactly(
                        "available true",
                        "policy PREFERRED",
                        "owner " + kind,
                        "usable true",
                        "aligned true",
                        "untouched false",
                        "part false",
                        "touched true",
                        "still true",
                        "content 42",
                        "default true",
                        "kind " + kind + " of " + policy);
    }

    @Test
    void withoutHighBandwidthMemoryThePreferredPolicyGivesAnyMemory() throws Exception {
        assertThat(run("", List.of()).lines())
                .containsExactly(
                        "available false",
                        "policy PREFERRED",
                        "owner memkind_default",
                        "usable true",
                        "aligned true",
                        "untouched false",
                        "part false",
                        "touched false",
                        "still false",
                        "content 42",
                        "default false",
                        "kind memkind_default of PREFERRED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"BIND", "BIND_ALL", "INTERLEAVE"})
    void withoutHighBandwidthMemoryTheOtherPoliciesFailWithReasonAndRemedy(String policy) throws Exception {
        assertThat(run("", List.of(policy)))
                .startsWith("available false\npolicy PREFERRED\nexhausted: memkind_hbw")
                .contains("MEMKIND_HBW_NODES")
                .endsWith(" of " + policy + "\n");
    }

    @Test
    void whatCannotBeVerifiedIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Hbw.verify(MemorySegment.NULL, false));
        assertThatIllegalArgumentException().isThrownBy(() -> Hbw.verify(MemorySegment.ofArray(new byte[8]), false));
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment segment = arena.allocate(8).asReadOnly();
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Hbw.verify(segment, true))
                    .withMessageContaining("read-only");
        }
    }
}
