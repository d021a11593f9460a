package io.memkind.internal.os;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ErrnoTest {
    @Test
    void describesEachConstantByItsNameAndMeaning() throws IllegalAccessException {
        List<String> described = new ArrayList<>();
        for (Field field : Errno.class.getDeclaredFields()) {
            if (Modifier.isPublic(field.getModifiers())) {
                String text = Errno.describe(field.getInt(null));
                assertThat(text).matches(field.getName() + " \\([a-z/, ]+\\)");
                described.add(text);
            }
        }
        assertThat(described).hasSizeGreaterThanOrEqualTo(9).doesNotHaveDuplicates();
    }

    @Test
    void givesTheNumberOfAnyOther() {
        assertThat(Errno.describe(0)).isEqualTo("errno 0");
        assertThat(Errno.describe(4095)).isEqualTo("errno 4095");
        assertThat(Errno.describe(-12)).isEqualTo("errno -12");
    }
}
