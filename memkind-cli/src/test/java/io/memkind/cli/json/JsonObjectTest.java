package io.memkind.cli.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class JsonObjectTest {
    @Test
    void writesMembersInOrder() {
        JsonObject object = new JsonObject()
                .put("text", "a")
                .put("count", 7L)
                .put("known", OptionalLong.of(8))
                .put("unknown", OptionalLong.empty())
                .put("ratio", 1.5)
                .put("none", Double.NaN)
                .put("yes", true);
        assertThat(object)
                .hasToString(
                        "{\"text\":\"a\",\"count\":7,\"known\":8,\"unknown\":null,\"ratio\":1.5,\"none\":null,\"yes\":true}");
    }

    @Test
    void writesNestedMembers() {
        JsonObject object = new JsonObject()
                .put("small", OptionalInt.of(1))
                .put("none", OptionalInt.empty())
                .put("yes", Optional.of(true))
                .put("unknown", Optional.empty())
                .put("object", new JsonObject().put("a", 1L))
                .putNumbers("numbers", List.of(3, 4))
                .putOptionals("optionals", List.of(OptionalInt.of(5), OptionalInt.empty()))
                .putObjects("objects", List.of(new JsonObject(), new JsonObject().put("b", 2L)));
        assertThat(object)
                .hasToString("{\"small\":1,\"none\":null,\"yes\":true,\"unknown\":null,\"object\":{\"a\":1},"
                        + "\"numbers\":[3,4],\"optionals\":[5,null],\"objects\":[{},\n {\"b\":2}]}");
    }

    @Test
    void anyStringComesBack() {
        StringBuilder all = new StringBuilder("\"\\/");
        for (char c = 0; c < 0x300; c++) {
            all.append(c);
        }
        all.append("\ud83d\ude00 lone \ud800");
        String json = new JsonObject().put(all.toString(), all.toString()).toString();
        assertThat(json).matches("[ -~]+");
        assertThat(MiniJson.parse(json)).isEqualTo(Map.of(all.toString(), all.toString()));
    }

    @Test
    void arraysHoldObjects() {
        String json = JsonObject.arrayOf(List.of(new JsonObject(), new JsonObject().put("a", 1L)));
        assertThat(MiniJson.parse(json)).isEqualTo(List.of(Map.of(), Map.of("a", 1.0)));
        assertThat(MiniJson.parse(JsonObject.arrayOf(List.of()))).isEqualTo(List.of());
    }

    @Test
    void theParserOfTheseTestsIsStrict() {
        for (String wrong :
                List.of("", "{", "{a:1}", "{\"a\":01}", "[1 2]", "\"\n\"", "nul", "1 1", "{\"a\":1,\"a\":1}")) {
            assertThatThrownBy(() -> MiniJson.parse(wrong)).as(wrong).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
