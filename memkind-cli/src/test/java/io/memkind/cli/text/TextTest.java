package io.memkind.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TextTest {
    @ParameterizedTest
    @CsvSource({
        "0,0 B",
        "1023,1023 B",
        "1024,1 KiB",
        "1536,1.5 KiB",
        "1048575,1024.0 KiB",
        "2097152,2 MiB",
        "25769803776,24 GiB",
        "9223372036854775807,8 EiB"
    })
    void byteSizes(long byteSize, String text) {
        assertThat(ByteSizes.text(byteSize)).isEqualTo(text);
        assertThat(ByteSizes.text(OptionalLong.of(byteSize))).isEqualTo(text);
    }

    @Test
    void anUnknownSizeIsADash() {
        assertThat(ByteSizes.text(OptionalLong.empty())).isEqualTo("-");
    }

    @Test
    void tablesAreAsWideAsTheirCells() {
        List<Column> columns = List.of(Column.left("name"), Column.right("size"));
        assertThat(TextTable.lines(columns, List.of(List.of("a", "1"), List.of("longer", "123456"))))
                .containsExactly("name      size", "a            1", "longer  123456");
    }

    @Test
    void oneLineHasNoControlCharacters() {
        assertThat(OneLine.of("  a\r\n  b\tc\033[31md \n")).isEqualTo("a b\\u0009c\\u001b[31md");
    }

    @Test
    void theBarShowsHowFarItIsAndGoesAway() throws InterruptedException {
        StringWriter screen = new StringWriter();
        CountDownLatch drawn = new CountDownLatch(2);
        try (ProgressBar bar = ProgressBar.start(
                new PrintWriter(screen),
                "work\ning",
                () -> {
                    drawn.countDown();
                    return 0.5;
                },
                0)) {
            assertThat(bar).isNotNull();
            drawn.await();
        }
        assertThat(screen.toString())
                .contains("\r\033[Kwork ing [###############...............]  50 %")
                .endsWith("\r\033[K");
    }

    @Test
    void shortWorkShowsNoBar() {
        StringWriter screen = new StringWriter();
        try (ProgressBar bar = ProgressBar.start(new PrintWriter(screen), "work", () -> 0.5, 60_000)) {
            assertThat(bar).isNotNull();
        }
        assertThat(screen.toString()).isEmpty();
    }
}
