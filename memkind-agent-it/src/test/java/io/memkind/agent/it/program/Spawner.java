package io.memkind.agent.it.program;

import java.nio.ByteBuffer;
import java.nio.file.Path;

/** Starts {@link Echo} in a JVM of its own. */
public final class Spawner {
    private Spawner() {}

    public static void main(String[] arguments) throws Exception {
        ByteBuffer.allocateDirect(100);
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Echo.class.getName(),
                "0");
        System.exit(builder.inheritIO().start().waitFor());
    }
}
