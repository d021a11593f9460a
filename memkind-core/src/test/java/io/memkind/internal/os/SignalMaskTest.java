package io.memkind.internal.os;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class SignalMaskTest {
    @Test
    void isTheFieldOfTheStatus() {
        assertThat(SignalMask.parse(List.of("Name:\tjava", "SigBlk:\t8000000000000200", "SigIgn:\t1")))
                .isEqualTo(0x8000_0000_0000_0200L);
    }

    @Test
    void isEmptyIfUnknown() {
        assertThat(SignalMask.parse(List.of())).isZero();
        assertThat(SignalMask.parse(List.of("SigBlk:\tnone"))).isZero();
        assertThat(SignalMask.parse(List.of("SigBlk:"))).isZero();
    }
}
