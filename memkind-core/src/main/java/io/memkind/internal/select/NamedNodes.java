package io.memkind.internal.select;

import io.memkind.internal.select.Selection.Unavailable;
import java.util.List;
import java.util.Optional;

/** Nodes that the user names in an environment variable. */
final class NamedNodes {
    private NamedNodes() {}

    /** What is wrong with them. */
    static Optional<Unavailable> refuse(String variable, List<Integer> named, Machine machine) {
        String remedy = "name some of " + NodeText.nodes(machine.usableIds()) + " in " + variable + ", or unset it";
        if (named.isEmpty()) {
            return Optional.of(
                    new Unavailable(SelectionError.UNAVAILABLE, variable + " is empty: it names no node", remedy));
        }
        List<Integer> missing =
                named.stream().filter(id -> machine.node(id).isEmpty()).toList();
        if (!missing.isEmpty()) {
            return Optional.of(new Unavailable(
                    SelectionError.ENVIRON,
                    variable + " names " + NodeText.nodes(missing) + ", which this machine does not have",
                    remedy));
        }
        List<Integer> unusable =
                named.stream().filter(id -> !machine.isUsable(id)).toList();
        return unusable.isEmpty()
                ? Optional.empty()
                : Optional.of(new Unavailable(
                        SelectionError.ENVIRON,
                        variable + " names " + NodeText.nodes(unusable) + ", which "
                                + NodeText.verb(unusable, "has", "have") + " no memory that this process may use",
                        remedy));
    }
}
