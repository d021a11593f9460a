package io.memkind.settings;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * One thing that can be set from outside, see {@link Settings}. Immutable, so any thread may use it.
 *
 * <p>Methods that take a map look for the value under the name of the property first, then of the variable.
 *
 * @param <T> what its values are
 */
public final class Setting<T> {
    private final String variable;
    private final String property;
    private final String purpose;
    private final SettingForm<T> form;
    private final T defaultValue;
    private final String defaultText;

    Setting(String variable, String property, String purpose, SettingForm<T> form, T defaultValue, String defaultText) {
        this.variable = variable;
        this.property = property;
        this.purpose = purpose;
        this.form = form;
        this.defaultValue = defaultValue;
        this.defaultText = defaultText;
    }

    /**
     * How the text of a value becomes the value.
     *
     * @param what the value is, after "is not"; empty if there is no word for it
     * @param accepted what is accepted, after "set it to"
     * @param parser empty for what is not accepted
     */
    record SettingForm<T>(String what, String accepted, Function<String, Optional<T>> parser) {}

    /**
     * A value as the user gave it.
     *
     * @param origin where it is from
     * @param name of the variable or property
     * @param text the value
     */
    public record Given(SettingOrigin origin, String name, String text) {}

    /** {@return the name of the environment variable} */
    public String variable() {
        return variable;
    }

    /** {@return the name of the system property, which goes before the variable} */
    public String property() {
        return property;
    }

    /** {@return what it sets, in a phrase} */
    public String purpose() {
        return purpose;
    }

    /** {@return which values are accepted, in a phrase} */
    public String acceptedForm() {
        return form.accepted();
    }

    /** {@return what holds if nothing is given, in a phrase} */
    public String defaultText() {
        return defaultText;
    }

    /**
     * The value in force in this process, read anew.
     *
     * @return the value; the default if none is given
     * @throws SettingException if the value given is not accepted
     */
    public T value() {
        return value(Settings.ofProcess());
    }

    /**
     * The value in force with certain variables and properties.
     *
     * @param settings variables and properties by name
     * @return the value; the default if none is given
     * @throws SettingException if the value given is not accepted
     */
    public T value(Map<String, String> settings) {
        Optional<Given> given = given(settings);
        return given.isEmpty()
                ? defaultValue
                : form.parser().apply(given.get().text()).orElseThrow(() -> refusal(given.get()));
    }

    /**
     * What the user gave.
     *
     * @param settings variables and properties by name
     * @return the text, accepted or not; empty if nothing is given
     */
    public Optional<Given> given(Map<String, String> settings) {
        Objects.requireNonNull(settings, "settings");
        Optional<Given> ofProperty = Optional.ofNullable(settings.get(property))
                .map(text -> new Given(SettingOrigin.PROPERTY, property, text));
        return ofProperty.or(() -> Optional.ofNullable(settings.get(variable))
                .map(text -> new Given(SettingOrigin.VARIABLE, variable, text)));
    }

    private SettingException refusal(Given given) {
        return refusal(given, form.what().isEmpty() ? "" : " is not " + form.what());
    }

    /**
     * Refuses a value that has an accepted form, but does not fit to what is there.
     *
     * @param given the value
     * @param why what is said after name and value, such as {@code " is no heap manager here"}
     * @return the exception, whose message ends with the accepted form
     */
    public SettingException refusal(Given given, String why) {
        return new SettingException(given.name(), given.text(), acceptedForm(), why + ": set it to " + acceptedForm());
    }

    /** {@return the name of the variable} */
    @Override
    public String toString() {
        return variable;
    }
}
