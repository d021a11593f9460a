package io.memkind.testbed;

import java.io.IOException;

/** What to look at in a run beside each kind by itself: a line {@code scenario NAME [ARGUMENT]} of an expectation file. */
interface Scenario {
    /**
     * Plays the scenario. It may leave the thread on any processor, and no memory behind.
     *
     * @param run what to expect of the kinds
     */
    void play(Machine machine, ExpectedRun run, Checks checks) throws IOException, InterruptedException;

    /**
     * @throws IllegalArgumentException if there is no such scenario, or its argument is missing or wrong
     */
    static Scenario parse(String text) {
        String[] words = text.split(" +", -1);
        if (words.length == 1) {
            switch (words[0]) {
                case "moving-thread":
                    return new MovingThread();
                case "interleave-turns":
                    return new InterleaveTurns();
                case "named-nodes":
                    return new NamedNodes();
                case "huge-pools":
                    return new HugePools();
                case "dax-online":
                    return new DaxOnline();
                default:
                    break;
            }
        } else if (words.length == 2 && words[0].equals("spill")) {
            return new PreferredSpill(NodeLists.parse(words[1]).first());
        } else if (words.length == 2 && words[0].equals("exec")) {
            return new ExecPolicy(words[1]);
        } else if (words.length == 2 && words[0].equals("interleave-weights")) {
            return InterleaveWeights.parse(words[1]);
        } else if (words.length == 3 && words[0].equals("full-node")) {
            return new FullNode(words[1], words[2]);
        }
        throw new IllegalArgumentException(
                "'" + text + "' is no scenario: moving-thread, interleave-turns, named-nodes,"
                        + " huge-pools, dax-online, spill NODE, exec KIND, interleave-weights NODE:WEIGHT[,...], full-node BOUND_KIND PREFERRED_KIND");
    }
}
