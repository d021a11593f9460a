package io.memkind.settings;

/** A setting has a value that is not understood. The message names the variable or property, the value, and what is accepted. */
public final class SettingException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private static final int MOST_CHARACTERS = 200;

    /** Name of the variable or property. */
    private final String name;

    /** Its value. */
    private final String value;

    /** What is accepted. */
    private final String acceptedForm;

    /**
     * A refusal with a message of its own.
     *
     * @param name of the variable or property that has the value
     * @param value that is refused
     * @param acceptedForm what would be accepted
     * @param problem what is said after name and value, such as {@code " is not a number: set it to …"}
     */
    public SettingException(String name, String value, String acceptedForm, String problem) {
        super(name + "='" + oneLine(value) + "'" + problem);
        this.name = name;
        this.value = value;
        this.acceptedForm = acceptedForm;
    }

    /* What somebody put into a variable may be of any length, and have any characters. */
    private static String oneLine(String value) {
        String cut = value.length() <= MOST_CHARACTERS ? value : value.substring(0, MOST_CHARACTERS) + "…";
        return cut.replaceAll("\\p{Cntrl}", "?");
    }

    /** {@return the name of the variable or property that has the value} */
    public String name() {
        return name;
    }

    /** {@return the value, as it is} */
    public String value() {
        return value;
    }

    /** {@return what is accepted, as {@link Setting#acceptedForm} says it} */
    public String acceptedForm() {
        return acceptedForm;
    }
}
