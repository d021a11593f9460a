package io.memkind;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A version of this library, by the rules of semver.org.
 *
 * @param major changes with what breaks programs
 * @param minor changes with what is new
 * @param patch changes with what is repaired
 * @param text all of it, such as {@code 1.2.3-SNAPSHOT}
 */
public record Version(int major, int minor, int patch, String text) {
    private static final int MOST = 999; // so that the number can be taken apart again
    private static final Pattern FORM = Pattern.compile("(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})(?:[-+].*)?");
    private static final Version CURRENT = parse(ofBuild());

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if one is negative or above 999
     */
    public Version {
        if (Math.min(major, Math.min(minor, patch)) < 0 || Math.max(major, Math.max(minor, patch)) > MOST) {
            throw new IllegalArgumentException(
                    "version " + major + "." + minor + "." + patch + ": the numbers are from 0 to " + MOST);
        }
        text = text.strip();
    }

    /** {@return the version of the library that runs} */
    public static Version current() {
        return CURRENT;
    }

    /* The build writes it, into the jar and the directory of classes alike. */
    private static String ofBuild() {
        Properties properties = new Properties();
        try (InputStream in = Version.class.getResourceAsStream("version.properties")) {
            if (in != null) {
                properties.load(in);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.getProperty("version", "0.0.0-unknown");
    }

    /**
     * Parses a version.
     *
     * @param text such as {@code 1.2.3} or {@code 1.2.3-SNAPSHOT}
     * @return the version
     * @throws IllegalArgumentException if it has another form
     */
    public static Version parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a version: write for instance 1.2.3 or 1.2.3-SNAPSHOT");
        }
        return new Version(
                Integer.parseInt(matcher.group(1)),
                Integer.parseInt(matcher.group(2)),
                Integer.parseInt(matcher.group(3)),
                text);
    }

    /**
     * The version as one number that grows with it, as {@code memkind_get_version} returned it.
     *
     * @return major · 1000000 + minor · 1000 + patch
     */
    public int number() {
        return (major * 1000 + minor) * 1000 + patch;
    }

    /** {@return the text} */
    @Override
    public String toString() {
        return text;
    }
}
