package io.memkind.internal.os;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The open files of this process, as far as a program that replaces it inherits them. */
final class InheritedFiles {
    private static final MethodHandle FCNTL = Syscalls.link(
            "fcntl", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT), Linker.Option.firstVariadicArg(2));
    /* fcntl(2) */
    private static final int F_SETFD = 2;
    private static final int FD_CLOEXEC = 1;

    private static final int LAST_STANDARD_FILE = 2;

    private InheritedFiles() {}

    /**
     * Has the files of the JVM, such as the jars on its class path, closed when a program replaces it. Others, which it may
     * have inherited itself, stay open.
     */
    static void withholdThoseOfTheJvm() {
        List<Path> places = placesOfTheJvm();
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
            for (Path descriptor : descriptors.toList()) {
                int number = Integer.parseInt(descriptor.getFileName().toString());
                if (number > LAST_STANDARD_FILE && isIn(places, descriptor)) {
                    int unused = (int) FCNTL.invokeExact(number, F_SETFD, FD_CLOEXEC);
                }
            }
        } catch (IOException | UncheckedIOException e) {
            return; // without /proc nobody knows them: the program has a few open files more
        } catch (Throwable t) {
            throw Syscalls.unexpected("fcntl", t);
        }
    }

    private static boolean isIn(List<Path> places, Path descriptor) {
        try {
            Path file = Files.readSymbolicLink(descriptor);
            return file.isAbsolute() && places.stream().anyMatch(file::startsWith);
        } catch (IOException e) {
            return false; // closed meanwhile
        }
    }

    private static List<Path> placesOfTheJvm() {
        List<Path> places = new ArrayList<>();
        for (String property : List.of("java.home", "java.class.path", "jdk.module.path")) {
            for (String place : System.getProperty(property, "").split(File.pathSeparator, -1)) {
                if (!place.isEmpty()) {
                    try {
                        places.add(Path.of(place).toRealPath());
                    } catch (IOException e) {
                        continue; // a class path may name what does not exist
                    }
                }
            }
        }
        return places;
    }
}
