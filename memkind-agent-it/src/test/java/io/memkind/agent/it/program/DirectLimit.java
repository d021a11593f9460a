package io.memkind.agent.it.program;

import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Takes direct buffers of 1 MiB until the JVM refuses one, and says what it counts. */
public final class DirectLimit {
    private DirectLimit() {}

    private static String pool() {
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct"))
                .map(pool -> pool.getCount() + " buffers, " + pool.getMemoryUsed() + " bytes")
                .findFirst()
                .orElseThrow();
    }

    public static void main(String[] arguments) {
        List<ByteBuffer> buffers = new ArrayList<>();
        try {
            while (buffers.size() < 1000) {
                buffers.add(ByteBuffer.allocateDirect(1 << 20));
            }
        } catch (OutOfMemoryError e) {
            System.out.println(e.getMessage());
        }
        System.out.println(pool());
        System.out.println(buffers.size());
        buffers.clear();
        for (int i = 0; i < 8; i++) {
            ByteBuffer.allocateDirect(1 << 20);
        }
        System.out.println("again");
    }
}
