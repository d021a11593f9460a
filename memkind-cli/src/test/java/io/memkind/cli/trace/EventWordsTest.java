package io.memkind.cli.trace;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class EventWordsTest {
    private static final long MAX_BYTE_SIZE = (1L << 47) - 1;
    private static final int MAX_ID = (1 << 29) - 1;

    @Test
    void headGivesBackItsFields() {
        for (int operation = 0; operation <= 4; operation++) {
            for (int thread : new int[] {0, 1, 4095}) {
                for (long byteSize : new long[] {0, 1, MAX_BYTE_SIZE}) {
                    long head = EventWords.head(operation, thread, byteSize);
                    assertThat(EventWords.operation(head)).isEqualTo(operation);
                    assertThat(EventWords.thread(head)).isEqualTo(thread);
                    assertThat(EventWords.byteSize(head)).isEqualTo(byteSize);
                }
            }
        }
    }

    @Test
    void tailGivesBackSlotAndAlignment() {
        for (int id : new int[] {0, 1, MAX_ID}) {
            for (int shift = 3; shift <= 40; shift++) {
                long tail = EventWords.tail(id, shift);
                assertThat(EventWords.id(tail)).isEqualTo(id);
                assertThat(EventWords.byteAlignment(tail)).isEqualTo(1L << shift);
                assertThat(EventWords.id(EventWords.withId(tail, 77))).isEqualTo(77);
                assertThat(EventWords.byteAlignment(EventWords.withId(tail, 77)))
                        .isEqualTo(1L << shift);
            }
        }
    }

    @Test
    void reallocTouchesFromTheOldSizeRoundedUpToAPage() {
        for (long old : new long[] {1, 4095, 4096, 4097, 8192, MAX_BYTE_SIZE}) {
            long tail = EventWords.tail(MAX_ID, EventWords.oldSizeAuxiliary(old));
            assertThat(EventWords.untouchedByteOffset(tail)).isEqualTo((old + 4095) / 4096 * 4096);
            assertThat(EventWords.id(tail)).isEqualTo(MAX_ID);
        }
    }
}
