package io.memkind.testbed;

/**
 * What a kind's memory must be like, wherever it is.
 *
 * @param mode the mode of its policy
 * @param hugetlbPageBytes the size of its pages, if they come from a pool; 0 for base pages
 */
record KindTraits(PolicyMode mode, long hugetlbPageBytes) {
    private static final long HUGE_2M = 2L << 20;
    private static final long HUGE_1G = 1L << 30;

    /**
     * As the kind's name says.
     *
     * @param kindName such as {@code hbw_preferred_hugetlb}, without {@code memkind_}
     */
    static KindTraits ofName(String kindName) {
        long pageBytes = kindName.endsWith("hugetlb_1gb") ? HUGE_1G : kindName.endsWith("hugetlb") ? HUGE_2M : 0;
        return new KindTraits(PolicyMode.ofKind(kindName), pageBytes);
    }

    boolean interleaves() {
        return mode == PolicyMode.INTERLEAVE;
    }
}
