package io.memkind;

import java.util.List;

/**
 * Nodes of one sort, or why there are none.
 *
 * @param nodes their ids, ascending; empty if there are none
 * @param availability available if there are some; else why not, and what to do
 */
public record NodeSet(List<Integer> nodes, Availability availability) {
    /** Copies the list. */
    public NodeSet {
        nodes = List.copyOf(nodes);
    }
}
