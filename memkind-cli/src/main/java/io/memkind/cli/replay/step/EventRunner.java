package io.memkind.cli.replay.step;

/** Does what events say, and knows the block behind each slot (or object of a threaded program). */
public interface EventRunner {
    /**
     * Runs events of one slice. Threads may run disjoint objects at the same time.
     *
     * @param words the words of the slice
     * @param from the first event's index in the slice
     * @param to the index after the last event
     * @param basePosition the position in the whole sequence of the slice's first event, for failures
     * @throws EventFailure if an event fails
     */
    void run(long[] words, int from, int to, int basePosition);

    /**
     * Frees the blocks of slots or objects, after the last event of a pass.
     *
     * @param ids the slots or objects
     * @throws ReplayException if that fails
     */
    void freeAll(int[] ids);
}
