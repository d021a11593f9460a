package io.memkind.agent.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.memkind.agent.policy.FailureAction;
import io.memkind.agent.policy.PolicyException;
import io.memkind.agent.policy.SizeRange;
import io.memkind.agent.policy.TargetSpec;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgentOptionsTest {
    @Test
    void splitsAtCommasAndLeavesTiersWhole() {
        AgentOptions options =
                AgentOptions.parse("summary,live=a-%p.html,on-failure=throw,tiers=KIND:DRAM,RATIO:1;POLICY:X");

        assertThat(options.value("tiers")).contains("KIND:DRAM,RATIO:1;POLICY:X");
        assertThat(options.file("summary")).isEmpty();
        assertThat(options.file("live")).contains("a-" + ProcessHandle.current().pid() + ".html");
        assertThat(options.onFailure()).contains(FailureAction.THROW);
        assertThat(options.sizes()).isEqualTo(SizeRange.ALL);
        assertThat(options.sampleIntervalBytes()).isEqualTo(512 << 10);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "colour=red | 'colour' is no option of the agent",
                "kind | the option kind needs a value",
                "kind=a,kind=b | the option kind is there twice",
                "kind=default,autohbw | kind and autohbw exclude each other",
                "kind=nothing | kind=nothing is no static kind",
                "size=1..2,autohbw | the option size goes with kind only",
                "kind=default,on-failure=never | on-failure=never is not understood",
                "kind=default,size=x | 'x' is not a size",
                "summary | the agent has nothing to do",
                "tiers= | MEMKIND_MEM_TIERS: ",
            })
    void refusesWhatItDoesNotUnderstand(String text, String message) {
        assertThatThrownBy(() -> PolicyChoice.of(AgentOptions.parse(text), Map.of()))
                .isInstanceOf(PolicyException.class)
                .hasMessageContaining(message);
    }

    @Test
    void takesTheEnvironmentWhereNoOptionSaysMore() {
        String tiers = "KIND:DRAM,RATIO:1;POLICY:STATIC_RATIO";
        Map<String, String> both =
                Map.of("MEMKIND_MEM_TIERS", tiers, "AUTO_HBW_SIZE", "1K:2K", "MEMKIND_MEM_TIERING_LOG_LEVEL", "1");

        PolicyChoice ofTiers = PolicyChoice.of(AgentOptions.parse(""), both);
        assertThat(ofTiers.policy().targets().get("tiers")).isInstanceOf(TargetSpec.OfTiers.class);
        assertThat(ofTiers.logLevel()).isEqualTo(1);

        PolicyChoice autoHbw = PolicyChoice.of(AgentOptions.parse("autohbw"), both);
        assertThat(autoHbw.policy().rules().get(0).sizes()).isEqualTo(new SizeRange(1024, 2048));

        PolicyChoice kind = PolicyChoice.of(AgentOptions.parse("kind=regular,size=4K.."), both);
        assertThat(kind.policy().rules().get(0).target()).isEqualTo("memkind_regular");

        PolicyChoice falling = PolicyChoice.of(AgentOptions.parse("on-failure=fall-back,tiers=" + tiers), Map.of());
        assertThat(falling.policy().onFailure()).isEqualTo(FailureAction.FALL_BACK);
    }
}
