package io.memkind.settings;

import io.memkind.settings.Setting.SettingForm;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The forms that values have. */
final class SettingForms {
    private SettingForms() {}

    /** A decimal number without sign; an empty text is 0, as strtoul(3) has it for the C library. */
    static SettingForm<Long> number(String what, String unit, long least, long most) {
        return new SettingForm<>(what, unit + "a decimal number from " + least + " to " + most, text -> {
            OptionalLong number = text.isEmpty() ? OptionalLong.of(0) : decimal(text);
            return number.isPresent() && number.getAsLong() >= least && number.getAsLong() <= most
                    ? Optional.of(number.getAsLong())
                    : Optional.empty();
        });
    }

    private static OptionalLong decimal(String text) {
        if (!text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(Long.parseLong(text));
        } catch (NumberFormatException e) { // does not fit
            return OptionalLong.empty();
        }
    }

    static SettingForm<Boolean> flag() {
        return new SettingForm<>(
                "understood",
                "1 for yes or 0 for no",
                text -> text.equals("1") || text.equals("0") ? Optional.of(text.equals("1")) : Optional.empty());
    }

    static SettingForm<String> words(String... words) {
        List<String> known = List.of(words);
        return new SettingForm<>(
                "",
                "one of " + String.join(", ", words),
                text -> known.contains(text) ? Optional.of(text) : Optional.empty());
    }

    /** Any text that is not blank. */
    static SettingForm<Optional<String>> text(String what, String accepted) {
        return new SettingForm<>(
                what, accepted, text -> text.isBlank() ? Optional.empty() : Optional.of(Optional.of(text)));
    }

    /** A list of nodes, which only a machine can judge; empty is a list, too. */
    static SettingForm<Optional<String>> nodes() {
        return new SettingForm<>(
                "a list of nodes",
                "nodes of the machine, for instance 0-1,3 or all or !0 or +0 (numa(3), numa_parse_nodestring)",
                text -> Optional.of(Optional.of(text)));
    }
}
