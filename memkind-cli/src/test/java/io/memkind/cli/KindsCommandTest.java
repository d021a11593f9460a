package io.memkind.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.memkind.Kinds;
import io.memkind.MemoryKind;
import io.memkind.cli.json.MiniJson;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

final class KindsCommandTest {
    @Test
    void listsEachKind() {
        String out = CommandRun.of("kinds").done().out();
        for (MemoryKind kind : Kinds.all()) {
            assertThat(out.lines()).anyMatch(line -> line.startsWith(kind.name() + " "));
            if (!kind.availability().available()) {
                assertThat(out).contains("reason: " + kind.availability().reason());
            }
        }
    }

    @Test
    void listsEachKindAsJson() {
        Object parsed = MiniJson.parse(CommandRun.of("kinds", "--json").done().out());
        assertThat(parsed)
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .hasSize(Kinds.all().size());
        List<?> array = (List<?>) parsed;
        for (int i = 0; i < array.size(); i++) {
            MemoryKind kind = Kinds.all().get(i);
            Map<?, ?> object = (Map<?, ?>) array.get(i);
            assertThat(object.keySet().stream().map(Object::toString))
                    .containsExactly(
                            "name", "available", "reason", "remedy", "pageBytes", "capacityBytes", "limitBytes");
            assertThat(object.get("name")).isEqualTo(kind.name());
            assertThat(object.get("available")).isEqualTo(kind.availability().available());
            assertThat(object.get("reason")).isEqualTo(kind.availability().reason());
            assertThat(object.get("remedy")).isEqualTo(kind.availability().remedy());
            assertThat(object.get("pageBytes")).isEqualTo((double) kind.pageByteSize());
        }
    }
}
