package io.memkind.agent.it.program;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Copies standard input through a direct buffer to standard output, says a word on standard error, and ends with a status. */
public final class Echo {
    private Echo() {}

    public static void main(String[] arguments) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(2 << 20);
        buffer.put(System.in.readAllBytes());
        buffer.flip();
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        System.out.write(bytes);
        System.out.flush();
        System.err.println("error stream");
        System.exit(Integer.parseInt(arguments[0]));
    }
}
