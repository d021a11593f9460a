package io.memkind.cli.text;

/**
 * A column of a {@link TextTable}.
 *
 * @param title its title
 * @param width its width in characters, the title's at least
 * @param rightAligned whether its cells, and the title, end at the same place
 */
public record Column(String title, int width, boolean rightAligned) {
    /**
     * A column of words.
     *
     * @param title its title
     * @return the column
     */
    public static Column left(String title) {
        return new Column(title, title.length(), false);
    }

    /**
     * A column of numbers.
     *
     * @param title its title
     * @return the column
     */
    public static Column right(String title) {
        return new Column(title, title.length(), true);
    }

    /**
     * The same column, as wide as a text at least.
     *
     * @param charCount the text's length
     * @return the column
     */
    public Column atLeast(int charCount) {
        return new Column(title, Math.max(width, charCount), rightAligned);
    }

    String cell(String text) {
        String padding = " ".repeat(Math.max(0, width - text.length()));
        return rightAligned ? padding + text : text + padding;
    }
}
