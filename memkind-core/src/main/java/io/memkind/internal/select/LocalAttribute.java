package io.memkind.internal.select;

/** What the best local node is the best in. */
enum LocalAttribute {
    CAPACITY("capacity"),
    LATENCY("latency"),
    BANDWIDTH("bandwidth");

    private final String noun;

    LocalAttribute(String noun) {
        this.noun = noun;
    }

    String noun() {
        return noun;
    }
}
