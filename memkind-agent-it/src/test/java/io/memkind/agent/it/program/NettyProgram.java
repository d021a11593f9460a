package io.memkind.agent.it.program;

import io.netty.buffer.AdaptiveByteBufAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;

/** Direct buffers of Netty's three allocators: prints a checksum of what was written and read back. */
public final class NettyProgram {
    private NettyProgram() {}

    public static void main(String[] arguments) {
        for (ByteBufAllocator allocator : List.of(
                new PooledByteBufAllocator(true), new AdaptiveByteBufAllocator(), new UnpooledByteBufAllocator(true))) {
            Random random = new Random(42);
            ByteBuf[] live = new ByteBuf[200];
            CRC32 checksum = new CRC32();
            for (int step = 0; step < 5000; step++) {
                int i = random.nextInt(live.length);
                if (live[i] != null) {
                    checksum.update(live[i].nioBuffer());
                    live[i].release();
                }
                byte[] content = new byte[1 + random.nextInt(1 << random.nextInt(4, 17))];
                random.nextBytes(content);
                live[i] = allocator.directBuffer(16).writeBytes(content);
                if (!live[i].isDirect()) {
                    throw new IllegalStateException("not direct");
                }
            }
            for (ByteBuf buffer : live) {
                if (buffer != null) {
                    checksum.update(buffer.nioBuffer());
                    buffer.release();
                }
            }
            System.out.println(allocator.getClass().getSimpleName() + " " + checksum.getValue());
        }
    }
}
