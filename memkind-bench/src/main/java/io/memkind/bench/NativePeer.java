package io.memkind.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/** A native allocator: a directory with the programs {@code pair} and {@code replay} that use it, as far as there are. */
record NativePeer(String name, Path directory) {
    private static final List<String> NAMES = List.of("glibc", "jemalloc", "mimalloc", "memkind-c");

    /** {@return those that have the program, in a directory that has a directory for each} */
    static List<NativePeer> with(String program, Path directory) {
        return NAMES.stream()
                .map(name -> new NativePeer(name, directory.resolve(name)))
                .filter(peer -> Files.isExecutable(peer.directory.resolve(program)))
                .toList();
    }

    static List<String> names() {
        return NAMES;
    }

    Program run(String program, List<String> arguments) {
        return Program.run(Stream.concat(Stream.of(directory.resolve(program).toString()), arguments.stream())
                .toList());
    }

    /** {@return the tasks, in reverse in every second round, so that none always runs before another} */
    static List<Runnable> inTurn(List<Runnable> tasks, int round) {
        List<Runnable> ordered = new ArrayList<>(tasks);
        if (round % 2 == 1) {
            Collections.reverse(ordered);
        }
        return ordered;
    }
}
