package io.memkind.internal.os;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The words of a command as bytes. A word of the JVM's own command line has become text by the encoding of its locale, which
 * loses what is no text in it: such words come from /proc/self/cmdline instead.
 */
final class CommandBytes {
    private CommandBytes() {}

    /** The bytes of each word, without a NUL at the end. */
    static List<byte[]> of(List<String> words) {
        Charset encoding = Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"), StandardCharsets.UTF_8);
        return of(words, encoding, commandLine());
    }

    /** @param commandLine words, each ended by a NUL, the last of which may be the words that are looked for */
    static List<byte[]> of(List<String> words, Charset encoding, byte[] commandLine) {
        List<byte[]> own = split(commandLine);
        if (own.size() >= words.size()) {
            List<byte[]> last = own.subList(own.size() - words.size(), own.size());
            if (IntStream.range(0, words.size()).allMatch(i -> isText(last.get(i), words.get(i), encoding))) {
                return last;
            }
        }
        return words.stream().map(word -> encode(word, encoding)).toList();
    }

    /* For a byte that is no text, the launcher of Java has a question mark where others have U+FFFD. */
    private static boolean isText(byte[] bytes, String word, Charset encoding) {
        return new String(bytes, encoding).replace('\uFFFD', '?').equals(word.replace('\uFFFD', '?'));
    }

    private static byte[] encode(String word, Charset encoding) {
        return encoding.newEncoder().canEncode(word) ? word.getBytes(encoding) : word.getBytes(StandardCharsets.UTF_8);
    }

    private static List<byte[]> split(byte[] commandLine) {
        List<byte[]> words = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < commandLine.length; i++) {
            if (commandLine[i] == 0) {
                words.add(Arrays.copyOfRange(commandLine, start, i));
                start = i + 1;
            }
        }
        return words;
    }

    private static byte[] commandLine() {
        try {
            return Files.readAllBytes(Path.of("/proc/self/cmdline"));
        } catch (IOException e) {
            return new byte[0];
        }
    }
}
