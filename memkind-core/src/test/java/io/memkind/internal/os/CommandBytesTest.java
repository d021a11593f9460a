package io.memkind.internal.os;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CommandBytesTest {
    private static final byte[] NO_TEXT = {'a', (byte) 0xc3, (byte) 0x28, (byte) 0xff};

    private static byte[] line(byte[]... words) {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (byte[] word : words) {
            line.writeBytes(word);
            line.write(0);
        }
        return line.toByteArray();
    }

    private static byte[] latin(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    @Test
    void theEndOfTheCommandLineIsPassedOnByteForByte() {
        for (Charset encoding :
                List.of(StandardCharsets.US_ASCII, StandardCharsets.UTF_8, StandardCharsets.ISO_8859_1)) {
            String text = new String(NO_TEXT, encoding);
            byte[] line = line(latin("java"), latin("--"), latin("echo"), NO_TEXT, new byte[0]);
            assertThat(CommandBytes.of(List.of("echo", text, ""), encoding, line))
                    .containsExactly(latin("echo"), NO_TEXT, new byte[0]);
            assertThat(CommandBytes.of(List.of("echo", text.replace('\uFFFD', '?'), ""), encoding, line))
                    .containsExactly(latin("echo"), NO_TEXT, new byte[0]);
        }
    }

    @Test
    void otherWordsAreEncoded() {
        byte[] line = line(latin("java"), latin("echo"), latin("b"));
        assertThat(CommandBytes.of(List.of("echo", "\u00e9"), StandardCharsets.ISO_8859_1, line))
                .containsExactly(latin("echo"), latin("\u00e9"));
        assertThat(CommandBytes.of(List.of("echo", "\u00e9"), StandardCharsets.US_ASCII, line))
                .containsExactly(latin("echo"), "\u00e9".getBytes(StandardCharsets.UTF_8));
        assertThat(CommandBytes.of(List.of("a", "java", "echo", "b"), StandardCharsets.US_ASCII, line))
                .hasSize(4);
        assertThat(CommandBytes.of(List.of("x"), StandardCharsets.US_ASCII, new byte[0]))
                .containsExactly(latin("x"));
    }
}
