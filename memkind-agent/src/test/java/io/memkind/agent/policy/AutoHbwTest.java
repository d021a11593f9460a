package io.memkind.agent.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AutoHbwTest {
    private static final long MAX = Long.MAX_VALUE;

    @ParameterizedTest
    @CsvSource({
        "1K:4K,1024,4096",
        "1k:4k,1024,4096",
        "2M,2097152,9223372036854775807",
        "1G:2g,1073741824,2147483648",
        "100:200,100,200",
        "7x:9y,7,9",
        "'',0,9223372036854775807",
        "4K:,4096,0",
        "5:5,5,5",
        "9:3,9,3",
        "-1,9223372036854775807,9223372036854775807",
        "99999999999999999999,9223372036854775807,9223372036854775807",
        "99999999999G:,9223372036854775807,0"
    })
    void understandsSizesAsTheCLibrary(String text, long least, long most) {
        assertThat(AutoHbw.of(Map.of("AUTO_HBW_SIZE", text)).sizes()).isEqualTo(new SizeRange(least, most));
    }

    @Test
    void hasTheDefaultsOfTheCLibrary() {
        AutoHbw none = AutoHbw.of(Map.of());

        assertThat(none).isEqualTo(new AutoHbw(new SizeRange(1 << 20, MAX), "", 1, java.util.List.of()));
        assertThat(AutoHbw.isConfigured(Map.of("AUTO_HBW_DEBUG", "1"))).isFalse();
        assertThat(AutoHbw.isConfigured(Map.of("AUTO_HBW_LOG", "0"))).isTrue();
    }

    @Test
    void rangesIncludeBothEnds() {
        SizeRange sizes = AutoHbw.of(Map.of("AUTO_HBW_SIZE", "1K:4K")).sizes();

        assertThat(sizes.contains(1023)).isFalse();
        assertThat(sizes.contains(1024)).isTrue();
        assertThat(sizes.contains(4096)).isTrue();
        assertThat(sizes.contains(4097)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"5:5", "9:3", "4K:"})
    void warnsOfEmptyRanges(String text) {
        assertThat(AutoHbw.of(Map.of("AUTO_HBW_SIZE", text)).warnings())
                .singleElement()
                .asString()
                .contains("AUTO_HBW_SIZE: '" + text + "'");
    }

    @ParameterizedTest
    @CsvSource({"-1,-1", "0,0", "2,2", "2x,2", "x,0", "'',0", "' 3',3"})
    void understandsLevelsAsAtoi(String text, int level) {
        assertThat(AutoHbw.of(Map.of("AUTO_HBW_LOG", text)).logLevel()).isEqualTo(level);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "memkind_default",
                "MEMKIND_HUGETLB",
                "memkind_interleave",
                "Memkind_HBW",
                "memkind_hbw_preferred",
                "memkind_hbw_hugetlb",
                "memkind_hbw_preferred_hugetlb",
                "memkind_hbw_interleave"
            })
    void takesTheKindsOfTheCLibraryInAnyCase(String name) {
        AutoHbw autoHbw = AutoHbw.of(Map.of("AUTO_HBW_MEM_TYPE", name));

        assertThat(autoHbw.kindName()).isEqualToIgnoringCase(name);
        assertThat(autoHbw.warnings()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"hbw", "memkind_regular", "", "memkind_hbw "})
    void warnsOfOtherKindsAndKeepsTheDefault(String name) {
        AutoHbw autoHbw = AutoHbw.of(Map.of("AUTO_HBW_MEM_TYPE", name));

        assertThat(autoHbw.kindName()).isEmpty();
        assertThat(autoHbw.warnings()).singleElement().asString().contains("AUTO_HBW_MEM_TYPE: '" + name + "'");
    }

    @Test
    void thePolicyPutsTheSizesOnTheKindAndTheRestOnTheJvm() {
        AllocationPolicy policy = AutoHbw.of(
                        Map.of("AUTO_HBW_SIZE", "1K:4K", "AUTO_HBW_MEM_TYPE", "memkind_interleave"))
                .policy();

        assertThat(policy.otherwise()).isEqualTo("jvm");
        assertThat(policy.rules()).singleElement().satisfies(rule -> {
            assertThat(rule.sizes()).isEqualTo(new SizeRange(1024, 4096));
            assertThat(rule.target()).isEqualTo("memkind_interleave");
        });
        assertThat(policy.onFailure()).isEqualTo(FailureAction.FALL_BACK);
    }
}
