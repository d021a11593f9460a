package io.memkind.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ParagraphTest {
    @Test
    void breaksBetweenWords() {
        assertThat(Paragraph.lines("one two three", 20, 2)).containsExactly("one two three");
        assertThat(Paragraph.lines("one two three", 8, 2)).containsExactly("one two", "  three");
        assertThat(Paragraph.lines("one two six", 7, 0)).containsExactly("one two", "six");
        assertThat(Paragraph.lines("", 8, 2)).containsExactly("");
    }

    @Test
    void aLongWordGetsALineOfItsOwn() {
        assertThat(Paragraph.lines("a verylongword b", 6, 1)).isEqualTo(List.of("a", " verylongword", " b"));
    }
}
