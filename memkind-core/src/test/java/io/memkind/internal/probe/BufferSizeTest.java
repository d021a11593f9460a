package io.memkind.internal.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.memkind.topology.NumaNode;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BufferSizeTest {
    private static final long MIB = 1 << 20;

    private static long mib(OptionalLong asked, long cacheMib, long freeMib) throws UnmeasuredException {
        NumaNode node = new NumaNode(0, List.of(), 1L << 40, freeMib * MIB);
        return new BufferSize(asked, cacheMib * MIB).of(node) / MIB;
    }

    @ParameterizedTest
    @CsvSource({
        "8, 100000, 256",
        "32, 100000, 256",
        "100, 100000, 400",
        "500, 100000, 1024",
        "2000, 100000, 1024",
        "0, 100000, 256",
        "32, 1024, 256",
        "32, 1000, 250",
        "32, 257, 64",
        "32, 263, 64",
        "32, 264, 66",
    })
    void exceedsTheCacheAndLeavesTheNodeMostOfItsMemory(long cacheMib, long freeMib, long expectedMib)
            throws UnmeasuredException {
        assertThat(mib(OptionalLong.empty(), cacheMib, freeMib)).isEqualTo(expectedMib);
    }

    @ParameterizedTest
    @CsvSource({"32, 255, 63, 64", "0, 0, 0, 64", "100, 799, 199, 200", "4000, 4000, 1000, 1024"})
    void refusesLessThanTwiceTheCache(long cacheMib, long freeMib, long usable, long needed) {
        assertThatThrownBy(() -> mib(OptionalLong.empty(), cacheMib, freeMib))
                .isInstanceOf(UnmeasuredException.class)
                .hasMessage("too little free memory: a quarter of it may be used, that is " + usable + " MiB, and "
                        + needed + " MiB are needed, twice the last-level cache");
    }

    @ParameterizedTest
    @CsvSource({"2, 8, 2", "3, 100, 2", "512, 2048, 512"})
    void takesWhatIsAskedFor(long askedMib, long freeMib, long expectedMib) throws UnmeasuredException {
        assertThat(mib(OptionalLong.of(askedMib * MIB), 32, freeMib)).isEqualTo(expectedMib);
        assertThatThrownBy(() -> mib(OptionalLong.of(askedMib * MIB), 32, 4 * askedMib - 1))
                .hasMessageContaining("as asked for");
    }
}
