package io.memkind.testbed;

import io.memkind.Availability;
import io.memkind.KindExhaustedException;
import io.memkind.MemoryKind;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.HashSet;
import java.util.Set;

/** Allocates a block, writes to all of it and looks where it is. */
final class Probe {
    /** As the C library's own tests of its attribute kinds: an odd size, of many pages. */
    static final long BLOCK_BYTES = (11L << 20) - 5;

    /** Of each page one byte is written; base pages are not smaller on any platform. */
    static final long PAGE_BYTES = 4096;

    /** A block may lie in several mappings, of different policies: one question for each of these steps. */
    private static final long POLICY_STEP_BYTES = 64 << 10;

    private Probe() {}

    /** Writes to every page of a block. */
    static void touch(MemorySegment block) {
        for (long offset = 0; offset < block.byteSize(); offset += PAGE_BYTES) {
            block.set(ValueLayout.JAVA_BYTE, offset, (byte) 1);
        }
        block.set(ValueLayout.JAVA_BYTE, block.byteSize() - 1, (byte) 1);
    }

    static Observation observe(MemoryKind kind) {
        return observe(kind, kind.availability());
    }

    /**
     * @param availability what the kind says of itself, which takes long to ask under emulation
     */
    static Observation observe(MemoryKind kind, Availability availability) {
        MemorySegment block;
        try {
            block = kind.allocateUninitialized(BLOCK_BYTES);
        } catch (KindExhaustedException e) {
            return new Observation.Exhausted(availability, String.valueOf(e.getMessage()));
        }
        try {
            touch(block);
            Set<NodePolicy> policies = new HashSet<>();
            for (long offset = 0; offset < BLOCK_BYTES; offset += POLICY_STEP_BYTES) {
                policies.add(Kernel.policyAt(block.address() + offset));
            }
            policies.add(Kernel.policyAt(block.address() + BLOCK_BYTES - 1));
            return new Observation.Placed(availability, policies, kind.placementOf(block));
        } finally {
            kind.free(block);
        }
    }
}
