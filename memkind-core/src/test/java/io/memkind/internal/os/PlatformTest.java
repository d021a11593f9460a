package io.memkind.internal.os;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PlatformTest {
    @ParameterizedTest
    @CsvSource({
        "Linux,   amd64,   LINUX_X86_64",
        "Linux,   x86_64,  LINUX_X86_64",
        "LINUX,   AMD64,   LINUX_X86_64",
        "Linux,   aarch64, LINUX_AARCH64",
        "linux,   arm64,   LINUX_AARCH64",
    })
    void knowsTheNamesOfTheSupportedOnes(String osName, String osArch, Platform platform) {
        assertThat(Platform.of(osName, osArch)).isEqualTo(platform);
    }

    @ParameterizedTest
    @CsvSource({
        "Linux,      riscv64",
        "Linux,      i386",
        "Linux,      ''",
        "Windows 11, amd64",
        "Mac OS X,   aarch64",
        "'',         amd64",
    })
    void namesWhatItFoundInstead(String osName, String osArch) {
        assertThatThrownBy(() -> Platform.of(osName, osArch))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("this is " + osName + " on " + osArch + ".");
    }

    @Test
    void recognisesTheRunningSystem() {
        assertThat(Platform.current().name().toLowerCase(Locale.ROOT)).startsWith("linux_");
    }

    @ParameterizedTest
    @EnumSource
    void hasTheCallNumbersOfTheKernelHeaders(Platform platform) throws IOException {
        List<Path> candidates = platform == Platform.LINUX_X86_64
                ? List.of(
                        Path.of("/usr/include/x86_64-linux-gnu/asm/unistd_64.h"),
                        Path.of("/usr/include/asm/unistd_64.h"))
                : List.of(Path.of("/usr/include/asm-generic/unistd.h"));
        List<Path> headers = new ArrayList<>(candidates);
        headers.removeIf(header -> !Files.isReadable(header));
        if (headers.isEmpty()) {
            String reason = "Skipped: none of " + candidates + " to compare the call numbers of " + platform + " with";
            System.out.println(reason);
            Assumptions.abort(reason);
        }
        String header = Files.readString(headers.get(0));

        assertThat(platform.mbindNumber()).isEqualTo(callNumber(header, "mbind"));
        assertThat(platform.movePagesNumber()).isEqualTo(callNumber(header, "move_pages"));
        assertThat(platform.setMempolicyNumber()).isEqualTo(callNumber(header, "set_mempolicy"));
        assertThat(platform.prctlNumber()).isEqualTo(callNumber(header, "prctl"));
        assertThat(platform.membarrierNumber()).isEqualTo(callNumber(header, "membarrier"));
    }

    private static int callNumber(String header, String call) {
        return Arrays.stream(header.split("\n", -1))
                .map(line -> line.strip().split("\\s+", -1))
                .filter(words -> words.length == 3 && words[0].equals("#define") && words[1].equals("__NR_" + call))
                .mapToInt(words -> Integer.parseInt(words[2]))
                .findFirst()
                .orElseThrow();
    }
}
