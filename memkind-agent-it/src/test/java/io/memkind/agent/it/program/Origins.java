package io.memkind.agent.it.program;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.ByteBuffer;

/** Gets memory in every way that Java code has, and says for each whether it is in a file of /dev/shm. */
public final class Origins {
    private Origins() {}

    private static void tell(String origin, long address) {
        System.out.println(origin + " " + Mappings.isInFile(address));
    }

    private static void require(boolean condition, String what) {
        if (!condition) {
            throw new IllegalStateException(what);
        }
    }

    public static void main(String[] arguments) throws Throwable {
        ByteBuffer buffer = ByteBuffer.allocateDirect(100_000);
        for (int i = 0; i < buffer.capacity(); i++) {
            require(buffer.get(i) == 0, "a direct buffer is not zeroed");
        }
        tell("direct", MemorySegment.ofBuffer(buffer).address());
        tell("slice", MemorySegment.ofBuffer(buffer.slice(50_000, 10)).address());
        try (Arena arena = Arena.ofConfined()) {
            tell("confined", arena.allocate(100).address());
            MemorySegment aligned = arena.allocate(1, 4096);
            require(aligned.address() % 4096 == 0, "alignment");
            require(arena.allocate(4, 16).address() % 16 == 0, "alignment of small segments");
            tell("aligned", aligned.address());
        }
        try (Arena arena = Arena.ofShared()) {
            MemorySegment large = arena.allocate(20 << 20);
            require(large.get(JAVA_LONG, (20 << 20) - 8) == 0, "a segment is not zeroed");
            tell("shared", large.address());
        }
        tell("auto", Arena.ofAuto().allocate(1000).address());
        tell("global", Arena.global().allocate(1000).address());
        unsafe();
        if (arguments.length > 0) {
            libc();
        }
    }

    private static void unsafe() {
        long block = SunUnsafe.allocateMemory(100);
        tell("unsafe", block);
        SunUnsafe.setMemory(block, 100, (byte) 5);
        block = SunUnsafe.reallocateMemory(block, 1 << 20);
        require(SunUnsafe.getLong(block + 92) == 0x0505050505050505L, "contents are lost");
        tell("reallocated", block);
        require(SunUnsafe.reallocateMemory(block, 0) == 0, "reallocateMemory to 0 frees");
        long fresh = SunUnsafe.reallocateMemory(0, 64);
        tell("reallocated-null", fresh);
        SunUnsafe.freeMemory(fresh);
        SunUnsafe.freeMemory(0);
        require(SunUnsafe.allocateMemory(0) == 0, "allocateMemory(0)");
        try {
            SunUnsafe.allocateMemory(-1);
            throw new IllegalStateException("allocateMemory(-1) succeeds");
        } catch (IllegalArgumentException e) {
            System.out.println("negative refused");
        }
        try {
            SunUnsafe.allocateMemory(1L << 60);
            throw new IllegalStateException("allocateMemory(2^60) succeeds");
        } catch (OutOfMemoryError e) {
            System.out.println("huge refused");
        }
    }

    @SuppressWarnings("restricted")
    private static void libc() throws Throwable {
        Linker linker = Linker.nativeLinker();
        SymbolLookup symbols = linker.defaultLookup();
        MethodHandle malloc =
                linker.downcallHandle(symbols.findOrThrow("malloc"), FunctionDescriptor.of(ADDRESS, JAVA_LONG));
        MethodHandle mallocOfInt =
                linker.downcallHandle(symbols.findOrThrow("malloc"), FunctionDescriptor.of(JAVA_LONG, JAVA_INT));
        MethodHandle calloc = linker.downcallHandle(
                symbols.findOrThrow("calloc"),
                FunctionDescriptor.of(
                        ADDRESS.withTargetLayout(
                                java.lang.foreign.MemoryLayout.sequenceLayout(Long.MAX_VALUE, ValueLayout.JAVA_BYTE)),
                        JAVA_LONG,
                        JAVA_LONG));
        MethodHandle realloc = linker.downcallHandle(
                symbols.findOrThrow("realloc"), FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG));
        MethodHandle usable = linker.downcallHandle(
                symbols.findOrThrow("malloc_usable_size"), FunctionDescriptor.of(JAVA_LONG, ADDRESS));
        MethodHandle free = linker.downcallHandle(symbols.findOrThrow("free"), FunctionDescriptor.ofVoid(ADDRESS));
        MethodHandle freeWithErrno = linker.downcallHandle(
                symbols.findOrThrow("free"),
                FunctionDescriptor.ofVoid(ADDRESS),
                Linker.Option.captureCallState("errno"));

        MemorySegment block = (MemorySegment) malloc.invokeExact(1000L);
        tell("malloc", block.address());
        require((long) usable.invokeExact(block) >= 1000, "usable size");
        long moved = (long) realloc.invokeExact(block.address(), 500_000L);
        tell("realloc", moved);
        free.invokeExact(MemorySegment.ofAddress(moved));
        long small = (long) mallocOfInt.invokeExact(64);
        tell("malloc-int", small);
        MemorySegment zeroed = (MemorySegment) calloc.invokeExact(10L, 1000L);
        require(zeroed.get(JAVA_LONG, 9992) == 0, "calloc is not zeroed");
        require(zeroed.byteSize() == Long.MAX_VALUE, "target layout");
        tell("calloc", zeroed.address());
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(Linker.Option.captureStateLayout());
            freeWithErrno.invokeExact(state, zeroed);
            freeWithErrno.invokeExact(state, MemorySegment.ofAddress(small));
        }
        free.invokeExact(MemorySegment.NULL);
        MemorySegment overflow = (MemorySegment) calloc.invokeExact(1L << 40, 1L << 40);
        require(overflow.address() == 0, "calloc overflow");
        try {
            free.invokeExact(MemorySegment.ofArray(new long[2]));
            throw new IllegalStateException("a heap segment is passed on");
        } catch (IllegalArgumentException e) {
            System.out.println("heap segment refused");
        }
    }
}
