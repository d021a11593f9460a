package io.memkind.agent.policy;

import java.util.regex.Pattern;

/**
 * A pattern of names. In patterns of classes {@code *} stands for any text without a dot and {@code **} for any text, so that
 * {@code org.example.*} are the classes of a package and {@code org.example.**} those of its subpackages, too. In patterns of threads
 * {@code *} stands for any text. In both {@code ?} is any one character but, for classes, a dot. Case counts.
 */
public final class NamePattern {
    private final String text;
    private final Pattern pattern;

    private NamePattern(String text, Pattern pattern) {
        this.text = text;
        this.pattern = pattern;
    }

    /**
     * A pattern of class names.
     *
     * @param text as described above; names are those of {@link Class#getName()}
     * @return the pattern
     * @throws PolicyException if it is empty
     */
    public static NamePattern ofClasses(String text) {
        return of(text, "[^.]*", "[^.]");
    }

    /**
     * A pattern of thread names.
     *
     * @param text as described above
     * @return the pattern
     * @throws PolicyException if it is empty
     */
    public static NamePattern ofThreads(String text) {
        return of(text, ".*", ".");
    }

    private static NamePattern of(String text, String anyText, String anyCharacter) {
        if (text.isEmpty()) {
            throw new PolicyException("the pattern is empty; give a name, * for any text in it");
        }
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '*' && i + 1 < text.length() && text.charAt(i + 1) == '*') {
                regex.append(".*");
                i++;
            } else if (c == '*') {
                regex.append(anyText);
            } else if (c == '?') {
                regex.append(anyCharacter);
            } else {
                regex.append(Pattern.quote(String.valueOf(c)));
            }
        }
        return new NamePattern(text, Pattern.compile(regex.toString(), Pattern.DOTALL));
    }

    /**
     * Whether a name fits.
     *
     * @param name the whole name
     * @return true if it does
     */
    public boolean matches(String name) {
        return pattern.matcher(name).matches();
    }

    @Override
    public String toString() {
        return text;
    }
}
