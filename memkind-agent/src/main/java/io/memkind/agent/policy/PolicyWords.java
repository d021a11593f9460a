package io.memkind.agent.policy;

import java.util.ArrayList;
import java.util.List;

/** The words of one line of a policy file, read from left to right. */
final class PolicyWords {
    private final List<String> words;
    private int next;

    private PolicyWords(List<String> words) {
        this.words = words;
    }

    /** Words are set apart by blanks; in double quotes blanks are a part of the word. A # in front of a word ends the line. */
    static PolicyWords of(String line) {
        List<String> words = new ArrayList<>();
        int i = 0;
        while (i < line.length()) {
            char c = line.charAt(i);
            if (Character.isWhitespace(c)) {
                i++;
            } else if (c == '#') {
                break;
            } else if (c == '"') {
                int end = line.indexOf('"', i + 1);
                if (end < 0) {
                    throw new PolicyException("the quote in '" + line.substring(i) + "' is not closed");
                }
                words.add(line.substring(i + 1, end));
                i = end + 1;
            } else {
                int end = i;
                while (end < line.length() && !Character.isWhitespace(line.charAt(end))) {
                    end++;
                }
                words.add(line.substring(i, end));
                i = end;
            }
        }
        return new PolicyWords(words);
    }

    boolean isEnd() {
        return next == words.size();
    }

    String next(String expected) {
        if (isEnd()) {
            String behind = next == 0 ? "" : " behind '" + words.get(next - 1) + "'";
            throw new PolicyException("the line ends" + behind + "; expected " + expected);
        }
        return words.get(next++);
    }

    void require(String word) {
        String found = next("'" + word + "'");
        if (!found.equals(word)) {
            throw new PolicyException("'" + found + "' is not understood here; expected '" + word + "'");
        }
    }

    boolean skip(String word) {
        boolean found = !isEnd() && words.get(next).equals(word);
        if (found) {
            next++;
        }
        return found;
    }

    void requireEnd() {
        if (!isEnd()) {
            throw new PolicyException(
                    "'" + words.get(next) + "' is too much; remove it, or quote what has blanks in it");
        }
    }
}
