package io.memkind.testbed;

import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The first two numbers of a kernel's version, such as 6.9. */
record KernelVersion(int major, int minor) implements Comparable<KernelVersion> {
    private static final Pattern NUMBERS = Pattern.compile("(\\d{1,4})\\.(\\d{1,4})(?:[^0-9].*)?");
    private static final Comparator<KernelVersion> ORDER =
            Comparator.comparingInt(KernelVersion::major).thenComparingInt(KernelVersion::minor);

    /** That of the kernel that runs. */
    static KernelVersion running() {
        return parse(System.getProperty("os.version", ""));
    }

    /**
     * @param text such as {@code 6.9} or {@code 6.12.41+deb13-amd64}
     * @throws IllegalArgumentException if it does not begin with two numbers
     */
    static KernelVersion parse(String text) {
        Matcher matcher = NUMBERS.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("'" + text + "' is no version of a kernel such as 6.9");
        }
        return new KernelVersion(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
    }

    @Override
    public int compareTo(KernelVersion other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return major + "." + minor;
    }
}
