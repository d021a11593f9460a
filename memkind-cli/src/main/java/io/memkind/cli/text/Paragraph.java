package io.memkind.cli.text;

import java.util.ArrayList;
import java.util.List;

/** Text broken into lines. */
public final class Paragraph {
    private Paragraph() {}

    /**
     * Breaks a text between words. Lines after the first are indented.
     *
     * @param text words with single spaces between them; a longer word gets a line of its own
     * @param widthChars the most characters of a line
     * @param indentChars spaces before all lines but the first
     * @return the lines, one at least
     */
    public static List<String> lines(String text, int widthChars, int indentChars) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        int used = 0;
        for (String word : text.split(" ", -1)) {
            if (used > 0 && line.length() + 1 + word.length() > widthChars) {
                lines.add(line.toString());
                line = new StringBuilder(" ".repeat(indentChars));
                used = 0;
            }
            line.append(used > 0 ? " " : "").append(word);
            used++;
        }
        lines.add(line.toString());
        return lines;
    }
}
