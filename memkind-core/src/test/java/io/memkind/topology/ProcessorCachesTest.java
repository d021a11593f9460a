package io.memkind.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessorCachesTest {
    private static final long MIB = 1 << 20;

    @TempDir
    private Path root;

    private void cache(int cpu, int index, int level, String type, String size, String shared) throws IOException {
        String directory = "sys/devices/system/cpu/cpu" + cpu + "/cache/index" + index + "/";
        new SysfsTree(root)
                .file(directory + "level", level + "\n")
                .file(directory + "type", type + "\n")
                .file(directory + "size", size + "\n")
                .file(directory + "shared_cpu_list", shared + "\n");
    }

    @Test
    void aSharedCacheCountsOnce() throws IOException {
        for (int cpu = 0; cpu < 4; cpu++) {
            cache(cpu, 0, 1, "Data", "48K", "" + cpu);
            cache(cpu, 1, 1, "Instruction", "9999K", "" + cpu);
            cache(cpu, 2, 2, "Unified", "1024K", "" + cpu);
            cache(cpu, 3, 3, "Unified", "32768K", cpu < 2 ? "0-1" : "2-3");
        }

        assertThat(ProcessorCaches.lastLevelByteSize(root, List.of(0))).isEqualTo(32 * MIB);
        assertThat(ProcessorCaches.lastLevelByteSize(root, List.of(0, 1))).isEqualTo(32 * MIB);
        assertThat(ProcessorCaches.lastLevelByteSize(root, List.of(0, 1, 2, 3))).isEqualTo(64 * MIB);
    }

    @Test
    void withoutAThirdLevelTheSecondIsTheLast() throws IOException {
        cache(0, 0, 1, "Data", "64K", "");
        cache(0, 1, 2, "Unified", "1M", "");
        cache(1, 0, 1, "Data", "64K", "");
        cache(1, 1, 2, "Unified", "2M", "");

        assertThat(ProcessorCaches.lastLevelByteSize(root, List.of(0, 1))).isEqualTo(3 * MIB);
    }

    @Test
    void whatDoesNotParseIsUnknown() throws IOException {
        cache(0, 0, 3, "Unified", "99999999999999999999K", "0");
        cache(1, 0, 3, "Unified", "9000000000000000000K", "1");
        cache(2, 0, 3, "Unified", "lots", "2");
        cache(3, 0, 3, "Unified", "", "3");

        assertThat(ProcessorCaches.lastLevelByteSize(root, List.of(0, 1, 2, 3, 4)))
                .isZero();
        assertThat(ProcessorCaches.lastLevelByteSize(root, List.of())).isZero();
    }

    @Test
    void productNamesComeFromSmbiosOrTheDeviceTree() throws IOException {
        assertThat(ProductName.read(root)).isEmpty();
        SysfsTree tree = new SysfsTree(root).file("sys/firmware/devicetree/base/model", "Board 7\0");
        assertThat(ProductName.read(root)).isEqualTo("Board 7");
        tree.file("sys/class/dmi/id/product_name", "Server 9\n");
        assertThat(ProductName.read(root)).isEqualTo("Server 9");
    }
}
