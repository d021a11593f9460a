package io.memkind.internal.select;

/** Which of several possible nodes an initiator uses. */
enum TargetChoice {
    /** Those at the least distance. */
    CLOSEST,
    /** The one at the least distance; two of them are an error. */
    SINGLE,
    /** All. */
    ALL
}
