package io.memkind.cli.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

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

    @ParameterizedTest
    @CsvSource({
        "0,0",
        "4096,4096",
        "64K,65536",
        "512M,536870912",
        "2G,2147483648",
        "1T,1099511627776",
        "9223372036854775807,9223372036854775807"
    })
    void sizesAreParsed(String text, long byteSize) {
        assertThat(ByteSizes.isSize(text)).isTrue();
        assertThat(ByteSizes.parse(text)).isEqualTo(byteSize);
    }

    @ParameterizedTest
    @CsvSource({"''", "M", "-1", "1.5G", "12X", "12MB", "0x10", "99999999999999999999"})
    void whatIsNoSizeIsRefused(String text) {
        assertThat(ByteSizes.isSize(text)).isFalse();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ByteSizes.parse(text))
                .withMessageContaining("'" + text + "' is not a size");
    }

    @ParameterizedTest
    @CsvSource({"9223372036854775808", "8388608T", "9999999999999999999T"})
    void sizesBeyondALongAreRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ByteSizes.parse(text))
                .withMessageContaining("2^63");
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
