package io.memkind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.EnumSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class StatisticsOptionTest {
    @Test
    void theLettersAreThoseOfTheCLibrary() {
        String letters = Stream.of(StatisticsOption.values())
                .map(option -> Character.toString(option.letter()))
                .collect(Collectors.joining());
        assertThat(letters).isEqualTo("Jgmdablxe");
        assertThat(StatisticsOption.parse(letters)).isEqualTo(EnumSet.allOf(StatisticsOption.class));
    }

    @Test
    void lettersMayRepeatOrBeNone() {
        assertThat(StatisticsOption.parse("")).isEmpty();
        assertThat(StatisticsOption.parse("aJa"))
                .containsExactlyInAnyOrder(StatisticsOption.JSON, StatisticsOption.OMIT_KINDS);
    }

    @Test
    void anUnknownLetterIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StatisticsOption.parse("Jzg"))
                .withMessage("'z' in the statistics options 'Jzg' is unknown; use letters of Jgmdablxe");
        assertThatIllegalArgumentException().isThrownBy(() -> StatisticsOption.parse("j"));
    }
}
