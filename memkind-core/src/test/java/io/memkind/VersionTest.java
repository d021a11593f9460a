package io.memkind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VersionTest {
    @Test
    void isThatOfTheBuild() throws Exception {
        assertThat(Files.readString(Path.of("pom.xml"))).contains("<version>" + Version.current() + "</version>");
        /* The bounds that the C library's own test has. */
        assertThat(Version.current().number()).isBetween(1, 999_999_999);
    }

    @ParameterizedTest
    @CsvSource({
        "1.14.0, 1014000",
        "0.1.0-SNAPSHOT, 1000",
        "999.999.999, 999999999",
        "2.0.13+build.7, 2000013",
        "0.0.0, 0",
    })
    void hasANumberThatGrows(String text, int number) {
        Version version = Version.parse(text);
        assertThat(version.number()).isEqualTo(number);
        assertThat(version).hasToString(text);
        assertThat(version.major() + "." + version.minor() + "." + version.patch())
                .isEqualTo(text.replaceFirst("[-+].*", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "1.2", "1.2.3.4", "1.2.x", "-1.2.3", "1000.0.0", "1.2.3 ", "${project.version}"})
    void whatIsNone(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Version.parse(text))
                .withMessageContaining(text);
    }

    @Test
    void theNumbersAreBounded() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Version(0, 1000, 0, "0.1000.0"));
        assertThatIllegalArgumentException().isThrownBy(() -> new Version(0, 0, -1, "0.0.-1"));
    }
}
