package io.memkind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.memkind.attribute.BindPolicy;
import io.memkind.attribute.MemoryType;
import io.memkind.attribute.PageKind;
import io.memkind.internal.select.Selection.Unavailable;
import io.memkind.internal.select.SelectionError;
import io.memkind.settings.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ErrorCodeTest {
    private static ErrorCode of(ThrowingCallable call) {
        Throwable failure = catchThrowable(call);
        assertThat(failure).isNotNull();
        return ErrorCode.of(failure);
    }

    @Test
    void hasTheNumbersOfTheCLibrary() {
        assertThat(List.of(ErrorCode.values()).stream().map(ErrorCode::number))
                .containsExactly(0, -1, -2, -3, -6, -12, -13, -15, -17, -18, -20, -21, -22, -255, 12, 22);
        assertThat(new HashSet<>(List.of(ErrorCode.values()).stream()
                        .map(ErrorCode::text)
                        .toList()))
                .hasSize(ErrorCode.values().length);
    }

    @ParameterizedTest
    @EnumSource
    void hasAMessage(ErrorCode code) {
        assertThat(ErrorCode.ofNumber(code.number())).contains(code);
        assertThat(ErrorCode.message(code.number()))
                .isEqualTo("<memkind> " + code.text())
                .hasSizeLessThan(127);
    }

    @ParameterizedTest
    @ValueSource(ints = {-4, -5, -7, -19, 1, Integer.MIN_VALUE, Integer.MAX_VALUE})
    void aNumberThatIsNone(int number) {
        assertThat(ErrorCode.ofNumber(number)).isEmpty();
        assertThat(ErrorCode.message(number)).isEqualTo("<memkind> Undefined error number: " + number);
    }

    @ParameterizedTest
    @EnumSource
    void everyErrorOfASelectionHasItsCode(SelectionError error) {
        Availability availability = Availability.no(new Unavailable(error, "why", "what helps"));
        assertThat(availability.errorCode().name()).isEqualTo(error.name());
        assertThat(availability.errorCode().number()).isEqualTo(error.code());
        if (error != SelectionError.INVALID) {
            assertThat(ErrorCode.of(KindErrors.refused(new Unavailable(error, "why", "what helps"))))
                    .isEqualTo(availability.errorCode());
        }
    }

    @Test
    void anAvailableKindHasNoError() {
        assertThat(Kinds.DEFAULT.availability().errorCode()).isEqualTo(ErrorCode.SUCCESS);
        assertThat(new Availability(false, "why", "").errorCode()).isEqualTo(ErrorCode.UNAVAILABLE);
        assertThat(new Availability(true, "", "").errorCode()).isEqualTo(ErrorCode.SUCCESS);
    }

    @Test
    void exceptionsOfKindsHaveCodes() {
        assertThat(of(() -> Kinds.DEFAULT.malloc(Long.MAX_VALUE))).isEqualTo(ErrorCode.ENOMEM);
        assertThat(of(() -> Kinds.DEFAULT.malloc(-1))).isEqualTo(ErrorCode.INVALID);
        assertThat(of(() -> Kinds.DEFAULT.memalign(3, 1))).isEqualTo(ErrorCode.INVALID);
        assertThat(of(() -> Kinds.DEFAULT.free(8))).isEqualTo(ErrorCode.INVALID);
        assertThat(of(() -> Kinds.DEFAULT.close())).isEqualTo(ErrorCode.OPERATION_FAILED);
        assertThat(of(() -> FileKinds.create(Path.of("/nowhere"), 0))).isEqualTo(ErrorCode.INVALID);
        assertThat(of(() -> FileKinds.create(Path.of("/tmp"), 1))).isEqualTo(ErrorCode.INVALID);
        assertThat(of(() -> Kinds.matching(Set.of(MemoryType.DEFAULT), BindPolicy.BIND_ALL, PageKind.BASE)))
                .isEqualTo(ErrorCode.INVALID);
        MemoryKind closed = MemoryKind.builder(Kinds.DEFAULT).build();
        closed.close();
        assertThat(of(() -> closed.malloc(1))).isEqualTo(ErrorCode.RUNTIME);
    }

    @Test
    void aBadSettingGoesFirst() {
        Map<String, String> bad = Map.of("MEMKIND_HOG_MEMORY", "x");
        assertThat(of(() -> Settings.HOG_MEMORY.value(bad))).isEqualTo(ErrorCode.ENVIRON);
        Throwable inside = catchThrowable(() -> Settings.HOG_MEMORY.value(bad));
        assertThat(ErrorCode.of(new IllegalStateException("outside", inside))).isEqualTo(ErrorCode.ENVIRON);
        assertThat(Kinds.HBW
                        .report(io.memkind.topology.Topology.read(), Map.of("MEMKIND_HBW_NODES", "x"))
                        .availability()
                        .errorCode())
                .isEqualTo(ErrorCode.ENVIRON);
    }

    @Test
    void otherFailuresHaveOnesToo() {
        assertThat(ErrorCode.of(new OutOfMemoryError())).isEqualTo(ErrorCode.MALLOC);
        assertThat(ErrorCode.of(new IOException())).isEqualTo(ErrorCode.INVALID);
        assertThat(ErrorCode.of(new NullPointerException())).isEqualTo(ErrorCode.INVALID);
        assertThat(ErrorCode.of(new Throwable())).isEqualTo(ErrorCode.RUNTIME);
    }
}
