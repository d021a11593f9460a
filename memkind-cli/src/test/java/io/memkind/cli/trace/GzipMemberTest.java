package io.memkind.cli.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

final class GzipMemberTest {
    private static final byte[] CONTENT = "some content".getBytes(StandardCharsets.US_ASCII);

    /** Extra field (longer than the reader's buffer), name, comment and header CRC. */
    private static byte[] fileWithAllHeaderFields() {
        byte[] plain = TraceWriter.gzip(CONTENT);
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.write(plain, 0, 3);
        file.write(4 + 8 + 16 + 2);
        file.write(plain, 4, 6);
        file.write(0xff);
        file.write(0xff);
        file.writeBytes(new byte[0xffff]);
        file.writeBytes("name\0comment\0".getBytes(StandardCharsets.US_ASCII));
        CRC32 crc = new CRC32();
        crc.update(file.toByteArray());
        file.write((int) crc.getValue() & 0xff);
        file.write((int) (crc.getValue() >>> 8) & 0xff);
        file.write(plain, 10, plain.length - 10);
        return file.toByteArray();
    }

    @Test
    void takesAllFieldsOfAHeader() throws TraceException {
        assertThat(inflate(fileWithAllHeaderFields())).isEqualTo(CONTENT);
    }

    @Test
    void checksTheHeaderCrc() {
        byte[] file = fileWithAllHeaderFields();
        file[100] ^= 1;
        assertThatThrownBy(() -> inflate(file))
                .isInstanceOf(TraceException.class)
                .hasMessageContaining("header has a");
    }

    private static byte[] inflate(byte[] file) throws TraceException {
        try (GzipMember member = new GzipMember(new ByteArrayInputStream(file), byteCount -> {})) {
            byte[] target = new byte[100];
            int count = member.read(target);
            assertThat(member.read(new byte[1])).isEqualTo(-1);
            return Arrays.copyOf(target, count);
        }
    }
}
