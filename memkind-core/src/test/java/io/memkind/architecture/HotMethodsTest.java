package io.memkind.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The list of the hot methods, and their budget: HotSpot inlines methods of up to 35 bytes of bytecode always and of up to
 * 325 at hot call sites (MaxInlineSize, FreqInlineSize), and nothing hot allocates or locks.
 */
class HotMethodsTest {
    private static final int ACCESSOR_BYTES = 35;
    private static final int FAST_PATH_BYTES = 325;

    /* Class, method and, where an overload of the same name is not hot, descriptor. */
    private static final String[] ACCESSORS = {
        "internal.heap.Heap.currentOrNull",
        "internal.heap.ShardGate.exit",
        "internal.heap.ShardTable.find",
        "internal.heap.BlockMap.leafOf",
        "internal.heap.BlockMap.tag",
        "internal.heap.BlockMap.liveWord",
        "internal.heap.BlockMap.setLive",
        "internal.heap.BlockMap.bitOf",
        "internal.heap.SizeClasses.classOf",
        "internal.os.RawMemory.getLong",
        "internal.os.RawMemory.putLong",
        "internal.os.RawMemory.getInt",
        "internal.os.RawMemory.putInt",
        "Detour.isTaken",
        "MemoryKind.malloc",
        "MemoryKind.free(J)V",
        "tier.Stripes.current",
        "tier.TierCounter.liveBytesFrom",
    };

    private static final String[] FAST_PATH = {
        "internal.heap.Heap.allocate",
        "internal.heap.Heap.free",
        "internal.heap.Shard.tryAllocate",
        "internal.heap.Shard.tryFree",
        "internal.heap.Shard.freeToMagazine",
        "internal.heap.ShardGate.tryEnterAsOwner",
        "internal.heap.Magazines.pop",
        "internal.heap.Magazines.push",
        "OwnCalls.malloc",
        "OwnCalls.free",
        "tier.TieredMemory.malloc",
        "tier.TierBlocks.enter",
        "tier.TieredMemory.free(J)V",
        "tier.RatioChooser.choose",
        "tier.ThresholdChooser.choose",
        "tier.TierCounter.add",
        "tier.BlockRecords.put",
        "tier.BlockRecords.claim",
    };

    private static List<String> violations(String[] methods, int byteLimit) throws IOException {
        List<String> found = new ArrayList<>();
        for (String method : methods) {
            int descriptor = method.indexOf('(') < 0 ? method.length() : method.indexOf('(');
            int dot = method.lastIndexOf('.', descriptor - 1);
            found.addAll(BytecodeBudget.violations(
                    "io.memkind." + method.substring(0, dot),
                    method.substring(dot + 1, descriptor),
                    method.substring(descriptor),
                    byteLimit));
        }
        return found;
    }

    @Test
    void accessorsAreAlwaysInlined() throws IOException {
        assertThat(violations(ACCESSORS, ACCESSOR_BYTES)).isEmpty();
    }

    @Test
    void fastPathIsInlinedWhereHot() throws IOException {
        assertThat(violations(FAST_PATH, FAST_PATH_BYTES)).isEmpty();
    }

    @Test
    void reportsAnOversizedMethod() throws IOException {
        assertThat(violations(new String[] {"internal.heap.Heap.allocate"}, 10))
                .singleElement()
                .asString()
                .contains("Heap.allocate(J)J has", "more than 10");
    }

    @ParameterizedTest
    @ValueSource(strings = {"internal.heap.Heap.noSuchMethod", "internal.heap.Heap.allocate(I)J"})
    void reportsAMethodThatDoesNotExist(String method) throws IOException {
        assertThat(violations(new String[] {method}, FAST_PATH_BYTES))
                .singleElement()
                .asString()
                .endsWith("does not exist");
    }

    @ParameterizedTest
    @ValueSource(strings = {"object", "array", "concatenation", "lambda", "lock", "kept", "nested"})
    void reportsWhatNoHotMethodMayHave(String method) throws IOException {
        assertThat(violations(new String[] {"architecture.ColdCode." + method}, FAST_PATH_BYTES))
                .as(method)
                .isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "thrown"})
    void acceptsPlainCodeAndThrownExceptions(String method) throws IOException {
        assertThat(violations(new String[] {"architecture.ColdCode." + method}, FAST_PATH_BYTES))
                .isEmpty();
    }
}
