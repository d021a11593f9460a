package io.memkind;

import io.memkind.attribute.NodePolicy;
import io.memkind.internal.extent.ExtentCounts;
import io.memkind.internal.extent.ExtentUnavailableException;
import io.memkind.internal.extent.FixedSource;
import io.memkind.internal.heap.AddressRefusedException;
import io.memkind.internal.heap.HeapEvents;
import io.memkind.internal.log.Log;
import io.memkind.internal.select.Selection.Unavailable;
import io.memkind.internal.select.SelectionError;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/** Makes the exceptions of kinds, off the fast paths. */
final class KindErrors {
    private KindErrors() {}

    static KindExhaustedException exhausted(MemoryKind kind, long byteSize, ExtentUnavailableException cause) {
        ExtentCounts counts = kind.heap().counts();
        HeapEvents observer = kind.heap().observer();
        if (observer != null) {
            String reason = String.valueOf(cause.getMessage());
            observer.exhausted(
                    byteSize, reason, counts.activeBytes(), kind.limitBytes().orElse(Long.MAX_VALUE));
        }
        StringBuilder message = new StringBuilder(kind.name())
                .append(" has no memory for ")
                .append(byteSize)
                .append(" bytes: ")
                .append(cause.getMessage())
                .append("; in use ")
                .append(counts.activeBytes())
                .append(" bytes, limit ")
                .append(kind.limitBytes().isPresent() ? kind.limitBytes().getAsLong() + " bytes" : "none");
        KindReport report = kind.recentReport().of(kind);
        if (report.policy() != NodePolicy.NONE) {
            message.append("; policy ")
                    .append(report.policy())
                    .append(" of nodes ")
                    .append(report.nodes());
            if (report.nodesByInitiator().values().stream().distinct().count() > 1) {
                message.append(", for each thread those of its own node");
            }
        }
        Availability availability = report.availability();
        if (!availability.available()) {
            if (!availability.reason().equals(cause.getMessage())) {
                message.append("; the kind is not available: ").append(availability.reason());
            }
            message.append("; remedy: ").append(availability.remedy());
        }
        Log.debug(message::toString);
        return new KindExhaustedException(message.toString(), byteSize);
    }

    /* The kind, which stands in for another that is not available if there is a reason. */
    static MemoryKind logInstead(MemoryKind kind, Optional<Unavailable> reason) {
        reason.ifPresent(unavailable -> Log.info(
                kind.name() + " stands in for preferred memory that is not available: " + unavailable.reason()));
        return kind;
    }

    static RuntimeException refused(Unavailable cause) {
        String message = cause.reason() + "; remedy: " + cause.remedy();
        return cause.error() == SelectionError.INVALID
                ? new IllegalArgumentException(message)
                : new KindUnavailableException(message, Availability.no(cause));
    }

    static InvalidAddressException refused(MemoryKind kind, long address, AddressRefusedException cause) {
        return new InvalidAddressException(
                "no live block of " + kind.name() + " starts at " + hex(address) + ": " + cause.getMessage(), address);
    }

    static InvalidAddressException tooLarge(MemoryKind kind, long address, long byteSize) {
        return new InvalidAddressException(
                "the block of " + kind.name() + " at " + hex(address) + " has " + kind.usableSize(address)
                        + " bytes, not " + byteSize,
                address);
    }

    static InvalidAddressException notOfKind(MemoryKind kind, MemorySegment segment) {
        return new InvalidAddressException(
                segment.isNative()
                        ? "the segment at " + hex(segment.address()) + " belongs to an arena, which frees it, not to "
                                + kind.name()
                        : "the segment is on the Java heap, not in " + kind.name(),
                segment.address());
    }

    /** The memory of a fixed kind is there, and the calling thread may use it. */
    static void requireUsable(MemoryKind kind, FixedSource memory) {
        if (!memory.isAlive()) {
            throw new IllegalStateException("the memory of " + kind.name() + " at " + hex(memory.address())
                    + " is gone: the arena of its segment was closed. Close the kind before its memory");
        }
        if (!memory.segment().isAccessibleBy(Thread.currentThread())) {
            throw new WrongThreadException("the segment of " + kind.name()
                    + " is confined to another thread; give memory of a shared arena to use the kind in several");
        }
    }

    static IllegalStateException inUse(MemoryKind kind, IllegalStateException cause) {
        return new IllegalStateException(
                kind.name() + " cannot be closed: a segment of it is in a native call of another thread, such as a read"
                        + " from a channel; close the kind when that has returned",
                cause);
    }

    private static String hex(long address) {
        return "0x" + Long.toHexString(address);
    }
}
