package io.memkind.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.memkind.Seeds;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MeasurementTextTest {
    private static final MachineIdentity MACHINE = new MachineIdentity("a machine; of parts");

    private static MeasuredAttributes random(Random random) {
        List<MeasuredPair> pairs = new ArrayList<>();
        for (int i = random.nextInt(6); i > 0; i--) {
            int from = random.nextInt(1024);
            pairs.add(
                    random.nextInt(3) == 0
                            ? MeasuredPair.unmeasured(from, i, "reason  of " + from)
                            : new MeasuredPair(
                                    from,
                                    i,
                                    OptionalLong.of(1 + random.nextInt(1_000_000_000)),
                                    OptionalLong.of(1 + random.nextInt(100_000)),
                                    random.nextLong(1L << 40),
                                    random.nextLong(1L << 40),
                                    random.nextInt(1000),
                                    random.nextInt(100),
                                    ""));
        }
        return new MeasuredAttributes(Instant.ofEpochMilli(random.nextLong(1L << 42)), pairs);
    }

    @Test
    void comesBackAsItWas() throws MeasurementFormatException {
        for (int run = 0; run < 500; run++) {
            MeasuredAttributes measured = random(Seeds.random(run));
            String text = MeasurementText.of(MACHINE, measured);

            assertThat(MeasurementText.parse(text, MACHINE))
                    .as(Seeds.describe(run))
                    .isEqualTo(measured);
            assertThat(text.lines()).hasSize(5 + measured.pairs().size());
        }
    }

    @Test
    void isRefusedWhereverItIsCut() {
        for (int run = 0; run < 20; run++) {
            String text = MeasurementText.of(MACHINE, random(Seeds.random(run)));
            for (int length = 0; length < text.length() - 1; length++) {
                String cut = text.substring(0, length);
                assertThatThrownBy(() -> MeasurementText.parse(cut, MACHINE))
                        .as("%s, cut at %d", Seeds.describe(run), length)
                        .isInstanceOf(MeasurementFormatException.class);
            }
        }
    }

    /* Any damage is found, or gives values that are possible; nothing else is thrown. */
    @Test
    void damageIsNoOtherFailure() {
        int refused = 0;
        for (int run = 0; run < 3000; run++) {
            Random random = Seeds.random(run);
            StringBuilder text = new StringBuilder(MeasurementText.of(MACHINE, random(random)));
            for (int i = random.nextInt(4); i >= 0; i--) {
                int at = random.nextInt(text.length());
                switch (random.nextInt(3)) {
                    case 0 -> text.setCharAt(at, (char) random.nextInt(128));
                    case 1 -> text.deleteCharAt(at);
                    default -> text.insert(at, "0-9 \n#none:".charAt(random.nextInt(11)));
                }
            }
            try {
                MeasuredAttributes parsed = MeasurementText.parse(text.toString(), MACHINE);
                assertThat(parsed.pairs()).as(Seeds.describe(run)).doesNotContainNull();
            } catch (MeasurementFormatException e) {
                assertThat(e).hasMessageMatching("line \\d+ has .+");
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(1000);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "version 1 | version 2 | line 1 has version 2 of the format, not 1",
                "of parts | of other parts | line 2 has another machine",
                "2026-11-24 | 2026-13-24 | line 3 has no time",
                "pair: 0 0 | pair: 0 x | line 5 has no number where one belongs",
                "pair: 0 0 | pair: 0 -1 | line 5 has no number where one belongs",
                "pair: 0 0 | pair: 0 9999999999 | line 5 has a number that is too large",
                "23456 96 | 23456 | line 5 has no 8 numbers",
                "23456 96 | 0 96 | line 5 has values that cannot be",
                "none no time | none | line 6 has values that cannot be",
                "end: 2 | end: 3 | line 7 has another number of pairs than the 2 that are there",
                "pair: 0 1 | pear: 0 1 | line 6 has no 'pair:'",
            })
    void saysWhatIsWrong(String part, String replacement, String message) {
        MeasuredAttributes measured = new MeasuredAttributes(
                Instant.parse("2026-11-24T12:00:00Z"),
                List.of(
                        new MeasuredPair(0, 0, OptionalLong.of(23456), OptionalLong.of(96), 5, 4, 2, 5, ""),
                        MeasuredPair.unmeasured(0, 1, "no time")));
        String text = MeasurementText.of(MACHINE, measured);
        assertThat(text).contains(part);

        assertThatThrownBy(() -> MeasurementText.parse(text.replace(part, replacement), MACHINE))
                .isInstanceOf(MeasurementFormatException.class)
                .hasMessage(message);
    }
}
