package io.memkind.hbw;

import io.memkind.InvalidAddressException;
import io.memkind.MemoryKind;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A policy that is fixed once, and the kinds that it means. Thread-safe. */
final class HbwHeap {
    private final Function<String, MemoryKind> kindByName;
    private final Predicate<MemoryKind> isAvailable;
    /* Set once. */
    private final AtomicReference<@Nullable HbwPolicy> fixed = new AtomicReference<>();
    /* Each set once, under this, after the policy is fixed; null until there is a request for such pages. */
    private volatile @Nullable MemoryKind baseKind;
    private volatile @Nullable MemoryKind hugeKind;

    /**
     * @param kindByName gives a kind by its name in the C library
     * @param isAvailable whether the machine has a kind
     */
    HbwHeap(Function<String, MemoryKind> kindByName, Predicate<MemoryKind> isAvailable) {
        this.kindByName = kindByName;
        this.isAvailable = isAvailable;
    }

    HbwPolicy policy() {
        HbwPolicy policy = fixed.get();
        return policy == null ? HbwPolicy.PREFERRED : policy;
    }

    void setPolicy(HbwPolicy policy) {
        Objects.requireNonNull(policy, "policy");
        if (!fixed.compareAndSet(null, policy) && policy() != policy) {
            throw new IllegalStateException("the policy of the process is " + policy()
                    + " already, by an earlier call or" + " an allocation, and cannot become " + policy
                    + "; set it once, before anything is allocated");
        }
    }

    MemoryKind kind(HbwPageSize pages) {
        MemoryKind kind = pages == HbwPageSize.BASE ? baseKind : hugeKind;
        return kind != null ? kind : firstKind(pages);
    }

    private synchronized MemoryKind firstKind(HbwPageSize pages) {
        MemoryKind kind = pages == HbwPageSize.BASE ? baseKind : hugeKind;
        if (kind != null) {
            return kind;
        }
        if (pages == HbwPageSize.HUGE_2MB && policy() == HbwPolicy.INTERLEAVE) {
            throw new IllegalArgumentException("the policy INTERLEAVE has no pages of 2 MiB; ask for base pages");
        }
        fixed.compareAndSet(null, HbwPolicy.PREFERRED);
        kind = kindOf(policy(), pages);
        if (pages == HbwPageSize.BASE) {
            baseKind = kind;
        } else {
            hugeKind = kind;
        }
        return kind;
    }

    private MemoryKind kindOf(HbwPolicy policy, HbwPageSize pages) {
        String suffix = pages == HbwPageSize.BASE ? "" : "_hugetlb";
        return switch (policy) {
            case BIND -> kindByName.apply("memkind_hbw" + suffix);
            case BIND_ALL -> kindByName.apply("memkind_hbw_all" + suffix);
            case INTERLEAVE -> kindByName.apply("memkind_hbw_interleave");
            case PREFERRED -> {
                /* By the preferred kind of base pages: the lack of huge pages alone does not make the memory another. */
                MemoryKind preferred = kindByName.apply("memkind_hbw_preferred");
                yield isAvailable.test(preferred)
                        ? kindByName.apply("memkind_hbw_preferred" + suffix)
                        : kindByName.apply(pages == HbwPageSize.BASE ? "memkind_default" : "memkind_hugetlb");
            }
        };
    }

    /**
     * The kind that a block is to be freed in.
     *
     * @throws InvalidAddressException if it can be told that it is none of this heap's
     */
    MemoryKind ownerOf(long address) {
        MemoryKind base = baseKind;
        MemoryKind huge = hugeKind;
        if (huge == null && base != null) {
            return base;
        }
        Optional<MemoryKind> owner = MemoryKind.detect(address);
        if (owner.isPresent() && (owner.get() == base || owner.get() == huge)) {
            return owner.get();
        }
        String found =
                owner.isPresent() ? "it lies in a block of " + owner.get().name() : "no live block is there";
        throw new InvalidAddressException(
                "no live block of high-bandwidth memory starts at 0x" + Long.toHexString(address) + ": " + found,
                address);
    }
}
