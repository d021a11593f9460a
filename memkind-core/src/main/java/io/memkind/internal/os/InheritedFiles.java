package io.memkind.internal.os;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The open files of this process, as far as a program that replaces it inherits them. */
final class InheritedFiles {
    private static final MethodHandle FCNTL = Syscalls.link(
            "fcntl", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT), Linker.Option.firstVariadicArg(2));
    /* fcntl(2) */
    private static final int F_GETFD = 1;
    private static final int F_SETFD = 2;
    private static final int FD_CLOEXEC = 1;

    private static final int LAST_STANDARD_FILE = 2;

    private InheritedFiles() {}

    /**
     * Has the files of the JVM, such as the jars on its class path, closed when a program replaces it. Others, which it may
     * have inherited itself, stay open.
     *
     * @return the descriptors for which that was not so before
     */
    static List<Integer> withholdThoseOfTheJvm() {
        List<Integer> withheld = new ArrayList<>();
        List<Path> files = filesOfTheJvm();
        Optional<Path> home = realPath(System.getProperty("java.home", ""));
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
            for (Path descriptor : descriptors.toList()) {
                int number = Integer.parseInt(descriptor.getFileName().toString());
                if (number > LAST_STANDARD_FILE && isOfTheJvm(descriptor, files, home)) {
                    int flags = (int) FCNTL.invokeExact(number, F_GETFD, 0);
                    if (flags >= 0 && (flags & FD_CLOEXEC) == 0) {
                        int unused = (int) FCNTL.invokeExact(number, F_SETFD, flags | FD_CLOEXEC);
                        withheld.add(number);
                    }
                }
            }
        } catch (IOException | UncheckedIOException e) {
            return withheld; // without /proc nobody knows them: the program has a few open files more
        } catch (Throwable t) {
            throw Syscalls.unexpected("fcntl", t);
        }
        return withheld;
    }

    /** Undoes {@link #withholdThoseOfTheJvm}. */
    static void pass(List<Integer> withheld) {
        try {
            for (int number : withheld) {
                int unused = (int) FCNTL.invokeExact(number, F_SETFD, 0);
            }
        } catch (Throwable t) {
            throw Syscalls.unexpected("fcntl", t);
        }
    }

    private static boolean isOfTheJvm(Path descriptor, List<Path> files, Optional<Path> home) {
        try {
            Path file = Files.readSymbolicLink(descriptor);
            return file.isAbsolute() && (files.contains(file) || (home.isPresent() && file.startsWith(home.get())));
        } catch (IOException | InvalidPathException e) {
            return false; // closed meanwhile, or named by bytes that are no text
        }
    }

    /* The jars. Of a directory with classes nothing stays open. */
    private static List<Path> filesOfTheJvm() {
        List<Path> files = new ArrayList<>();
        for (String property : List.of("java.class.path", "jdk.module.path")) {
            for (String name : System.getProperty(property, "").split(File.pathSeparator, -1)) {
                realPath(name).ifPresent(place -> addFiles(files, place));
            }
        }
        return files;
    }

    private static void addFiles(List<Path> files, Path place) {
        if (!Files.isDirectory(place)) {
            files.add(place);
            return;
        }
        try (Stream<Path> jars = Files.list(place)) {
            jars.filter(jar -> jar.toString().endsWith(".jar"))
                    .flatMap(jar -> realPath(jar.toString()).stream())
                    .forEach(files::add);
        } catch (IOException | UncheckedIOException e) {
            return; // not readable: then no jar of it is open either
        }
    }

    /* Empty: the class path may name what does not exist, or is no path. */
    private static Optional<Path> realPath(String name) {
        try {
            return name.isEmpty() ? Optional.empty() : Optional.of(Path.of(name).toRealPath());
        } catch (IOException | InvalidPathException e) {
            return Optional.empty();
        }
    }
}
