package io.memkind.agent.internal.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveBlocksTest {
    private static final class Leak {
        static void of(BlockSamples samples, long address, long byteSize) {
            samples.sampled(address, byteSize);
        }
    }

    private static LiveBlocks twoSites() {
        BlockSamples samples = new BlockSamples(1);
        for (int i = 0; i < 3; i++) {
            samples.sampled(16 + 16 * i, 1 << 20);
        }
        /* Of the stack, what is in the agent itself does not count: the two sites differ in what is below. */
        List.of(4096L, 8192L).forEach(address -> samples.sampled(address, 1000));
        samples.freeing(4096);
        return LiveBlocks.of(samples);
    }

    @Test
    void keepsWhatIsLiveBySite() {
        LiveBlocks blocks = twoSites();

        assertThat(blocks.sites()).hasSize(2);
        assertThat(blocks.sites().get(0).bytes()).isEqualTo(3 << 20);
        assertThat(blocks.sites().get(0).samples()).isEqualTo(3);
        assertThat(blocks.sites().get(1).bytes()).isEqualTo(1000);
        assertThat(blocks.sites().get(0).oldestNanos())
                .isGreaterThanOrEqualTo(blocks.sites().get(0).youngestNanos());
    }

    @Test
    void writesText(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("live.txt");
        ReportFile.write(Optional.of(file.toString()), twoSites(), line -> {});

        assertThat(Files.readString(file))
                .startsWith("about 3.0 MiB live in 4 blocks of 2 sites")
                .contains("3.0 MiB in 3 blocks, from 3 samples; oldest ")
                .containsPattern("    at org\\.junit\\.\\S+:\\d+\n");
    }

    @Test
    void writesCollapsedStacks(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("live.collapsed");
        ReportFile.write(Optional.of(file.toString()), twoSites(), line -> {});

        assertThat(Files.readAllLines(file))
                .hasSize(2)
                .allMatch(line -> line.matches("[^ ;]+(;[^ ;]+)+ \\d+"))
                .first()
                .asString()
                .endsWith(" 3145728");
    }

    @Test
    void writesOnePageThatNeedsNothingElse(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("live.html");
        List<String> frames = List.of("a.<init>", "b\"\\</script>\u00e9", "main");
        ReportFile.write(
                Optional.of(file.toString()),
                new LiveBlocks(List.of(
                        new LiveBlocks.Site(frames, 100, 2, 1, 5_000_000_000L, 0),
                        new LiveBlocks.Site(List.of("c", "main"), 50, 1, 1, 0, 0))),
                line -> {});

        String page = Files.readString(file);
        assertThat(page)
                .contains("{\"n\":\"all live blocks\",\"b\":150,\"c\":3,\"a\":5.0,\"k\":[{\"n\":\"main\",\"b\":150")
                .contains("b\\u0022\\u005c\\u003c/script>\\u00e9")
                .doesNotContain("http:", "https:", "src=");
        assertThat(page.split("</script>", -1)).hasSize(2);
    }

    @Test
    void estimatesFromSamples() {
        Random random = new Random(7);
        BlockSamples samples = new BlockSamples(64 << 10);
        long address = 16;
        double toNext = samples.nextGap();
        long truth = 0;
        List<Long> sampled = new ArrayList<>();
        for (int i = 0; i < 200_000; i++) {
            long byteSize = 1L + random.nextInt(4096);
            truth += byteSize;
            toNext -= byteSize;
            if (toNext < 0) {
                Leak.of(samples, address, byteSize);
                sampled.add(address);
                toNext = samples.nextGap();
            }
            address += 4096;
        }
        assertThat(sampled).hasSizeBetween(4000, 9000);
        assertThat(LiveBlocks.of(samples).bytes()).isBetween(0.9 * truth, 1.1 * truth);
        sampled.forEach(samples::freeing);
        assertThat(LiveBlocks.of(samples).sites()).isEmpty();
    }
}
