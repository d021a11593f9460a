package io.memkind.agent.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The policy in docs/unmodified-programs.md is one. */
class PolicyPageTest {
    private static final String FENCE = "```";

    @Test
    void theExampleIsUnderstood() throws IOException {
        Path page =
                Path.of(System.getProperty("basedir", "")).toAbsolutePath().resolve("../docs/unmodified-programs.md");
        List<String> lines = Files.readAllLines(page);
        int begin = lines.indexOf(FENCE + "policy");
        assertThat(begin).isNotNegative();
        List<String> example = lines.subList(begin + 1, lines.size());
        example = example.subList(0, example.indexOf(FENCE));

        AllocationPolicy policy = PolicyFile.parse(example, "example");

        assertThat(policy.rules()).hasSize(4);
        assertThat(policy.targets()).containsKeys("scratch", "both", "memkind_default_thp", "jvm");
        assertThat(policy.otherwise()).isEqualTo("jvm");
    }
}
