package io.memkind.cli.stats;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import javax.management.openmbean.ArrayType;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.CompositeDataSupport;
import javax.management.openmbean.CompositeType;
import javax.management.openmbean.OpenDataException;
import javax.management.openmbean.OpenType;
import javax.management.openmbean.SimpleType;
import org.junit.jupiter.api.Test;

/** Readings of versions that have less, or more, than this one. */
final class OpenDataJsonTest {
    private static CompositeData data(String[] names, OpenType<?>[] types, Object... values) {
        try {
            return new CompositeDataSupport(new CompositeType("t", "t", names, names, types), names, values);
        } catch (OpenDataException e) {
            throw new AssertionError(e);
        }
    }

    private static CompositeData ofAnotherVersion() {
        CompositeData inner = data(new String[] {"count"}, new OpenType<?>[] {SimpleType.INTEGER}, 7);
        try {
            return data(
                    new String[] {"flag", "inners", "mappedBytes", "name", "none", "ratio", "when"},
                    new OpenType<?>[] {
                        SimpleType.BOOLEAN,
                        new ArrayType<CompositeData[]>(1, inner.getCompositeType()),
                        SimpleType.LONG,
                        SimpleType.STRING,
                        SimpleType.LONG,
                        SimpleType.DOUBLE,
                        SimpleType.CHARACTER
                    },
                    true,
                    new CompositeData[] {inner, inner},
                    1L << 20,
                    "a\nkind",
                    null,
                    0.5,
                    'x');
        } catch (OpenDataException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void everythingIsWritten() {
        assertThat(new KindsReading(1, "c", "v", null, List.of(ofAnotherVersion())).toJson())
                .isEqualTo("{\"pid\":1,\"command\":\"c\",\"version\":\"v\",\"kinds\":[{\"flag\":true,"
                        + "\"inners\":[{\"count\":7}, {\"count\":7}],\"mappedBytes\":1048576,\"name\":\"a\\u000akind\","
                        + "\"none\":null,\"ratio\":0.5,\"when\":\"x\"}]}");
    }

    @Test
    void whatIsUnknownIsADash() {
        List<String> lines = StatsTable.lines(new KindsReading(1, "c", "v", null, List.of(ofAnotherVersion())), false);
        assertThat(lines).hasSize(3);
        assertThat(lines.get(2)).matches("a kind +- +- +- +- +1 MiB +- +-");
    }
}
