package io.memkind.testbed;

import java.util.Arrays;
import java.util.Set;

/** Modes of a memory policy, with the kernel's numbers: include/uapi/linux/mempolicy.h. */
enum PolicyMode {
    DEFAULT(0),
    PREFERRED(1),
    BIND(2),
    INTERLEAVE(3),
    LOCAL(4),
    PREFERRED_MANY(5),
    WEIGHTED_INTERLEAVE(6);

    private static final Set<String> WITHOUT_POLICY = Set.of("default", "default_thp", "hugetlb", "hugetlb_1gb");

    private final int number;

    PolicyMode(int number) {
        this.number = number;
    }

    /**
     * @throws IllegalArgumentException if the number is not one of these; mode flags are not expected either
     */
    static PolicyMode of(int number) {
        return Arrays.stream(values())
                .filter(mode -> mode.number == number)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("memory policy of unknown mode " + number));
    }

    /**
     * The mode that a kind's memory must have: the table of static kinds, which the names follow.
     *
     * @param kindName such as {@code hbw_preferred_hugetlb}, without {@code memkind_}
     */
    static PolicyMode ofKind(String kindName) {
        if (WITHOUT_POLICY.contains(kindName)) {
            return DEFAULT;
        }
        if (kindName.endsWith("_preferred_many")) {
            return PREFERRED_MANY;
        }
        if (kindName.contains("_preferred")) {
            return PREFERRED;
        }
        if (kindName.startsWith("weighted_interleave")) {
            return WEIGHTED_INTERLEAVE;
        }
        return kindName.contains("interleave") ? INTERLEAVE : BIND;
    }
}
