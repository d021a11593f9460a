package io.memkind.cli.text;

/** Makes any text fit for one line of a terminal. */
public final class OneLine {
    private OneLine() {}

    /**
     * The text with white space for line ends, and with other control characters escaped: file names and messages of
     * the system may have any.
     *
     * @param text any text
     * @return one line
     */
    public static String of(String text) {
        StringBuilder line = new StringBuilder(text.length());
        text.strip().replaceAll("\\s*[\\r\\n]+\\s*", " ").chars().forEach(c -> {
            if (Character.isISOControl(c)) {
                line.append(String.format("\\u%04x", c));
            } else {
                line.append((char) c);
            }
        });
        return line.toString();
    }
}
