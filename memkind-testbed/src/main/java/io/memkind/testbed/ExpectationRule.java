package io.memkind.testbed;

import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/**
 * The rule of a line of an expectation file.
 *
 * <table>
 *   <caption>Rules</caption>
 *   <tr><th>text</th><th>meaning</th></tr>
 *   <tr><td>{@code -}</td><td>the kind is unavailable</td></tr>
 *   <tr><td>{@code - TEXT}</td><td>and the reason or the remedy contains the text</td></tr>
 *   <tr><td>{@code any}</td><td>memory without a policy</td></tr>
 *   <tr><td>{@code largest 0,1}</td><td>those of the nodes that the kernel counts most memory on, from everywhere</td></tr>
 *   <tr><td>{@code single largest 0,1}</td><td>that node; unavailable if there are several</td></tr>
 *   <tr><td>{@code 0>2 1>3}</td><td>from processors of node 0 on node 2, of node 1 on 3</td></tr>
 *   <tr><td>{@code *>2,3}</td><td>from everywhere on nodes 2 and 3</td></tr>
 *   <tr><td>{@code 0>2@1}</td><td>the policy names node 2, the pages are on node 1</td></tr>
 *   <tr><td>{@code since 6.9 RULE}</td><td>the rule, from that kernel on; before, the kind is unavailable, and says 6.9</td></tr>
 *   <tr><td>{@code 0>!}</td><td>there, no memory is left</td></tr>
 * </table>
 */
final class ExpectationRule {
    private static final String LARGEST = "largest ";
    private static final String SINCE = "since ";
    private static final String SINGLE = "single ";

    private ExpectationRule() {}

    /**
     * @return by the node that allocates: one entry for each node with processors
     * @throws IllegalArgumentException if the rule has a mistake
     */
    static SortedMap<Integer, Expectation> parse(String text, NodeFacts facts) {
        if (text.equals("-") || text.startsWith("- ")) {
            return everywhere(new Expectation.Unavailable(text.substring(1).strip()), facts);
        }
        if (text.startsWith(SINCE)) {
            String[] words = text.split(" +", 3);
            if (words.length < 3) {
                throw new IllegalArgumentException("'" + text + "' is no rule such as 'since 6.9 *>2,3'");
            }
            SortedMap<Integer, Expectation> rule = parse(words[2], facts);
            return facts.kernel().compareTo(KernelVersion.parse(words[1])) >= 0
                    ? rule
                    : everywhere(new Expectation.Unavailable(words[1]), facts);
        }
        if (text.equals("any")) {
            return everywhere(new Expectation.NoPolicy(), facts);
        }
        boolean single = text.startsWith(SINGLE);
        String rule = single ? text.substring(SINGLE.length()) : text;
        if (rule.startsWith(LARGEST)) {
            SortedSet<Integer> nodes = facts.largest(known(rule.substring(LARGEST.length()), facts));
            return everywhere(
                    single && nodes.size() > 1
                            ? new Expectation.Unavailable("")
                            : new Expectation.OnNodes(nodes, nodes),
                    facts);
        }
        return byInitiator(text, facts);
    }

    private static SortedMap<Integer, Expectation> byInitiator(String text, NodeFacts facts) {
        SortedMap<Integer, Expectation> byNode = new TreeMap<>();
        for (String word : text.split(" +", -1)) {
            int arrow = word.indexOf('>');
            if (arrow < 0) {
                throw new IllegalArgumentException(
                        "'" + text + "' is no rule such as '0>2 1>3', '*>2,3', 'any' or '-'");
            }
            String from = word.substring(0, arrow);
            Expectation target = target(word.substring(arrow + 1), facts);
            for (int node : from.equals("*") ? facts.initiators() : NodeLists.parse(from)) {
                if (byNode.put(node, target) != null) {
                    throw new IllegalArgumentException("node " + node + " is there twice: '" + text + "'");
                }
            }
        }
        if (!byNode.keySet().equals(facts.initiators())) {
            throw new IllegalArgumentException("'" + text + "' is for processors of " + byNode.keySet()
                    + ", but those are on nodes " + facts.initiators());
        }
        return byNode;
    }

    private static Expectation target(String text, NodeFacts facts) {
        if (text.equals("!")) {
            return new Expectation.Exhausted();
        }
        int at = text.indexOf('@');
        SortedSet<Integer> policyNodes = known(at < 0 ? text : text.substring(0, at), facts);
        return new Expectation.OnNodes(policyNodes, at < 0 ? policyNodes : known(text.substring(at + 1), facts));
    }

    private static SortedSet<Integer> known(String text, NodeFacts facts) {
        SortedSet<Integer> nodes = NodeLists.parse(text);
        Set<Integer> all = facts.totalBytes().keySet();
        if (!all.containsAll(nodes)) {
            throw new IllegalArgumentException("'" + text + "': there are only the nodes " + all);
        }
        return nodes;
    }

    private static SortedMap<Integer, Expectation> everywhere(Expectation expectation, NodeFacts facts) {
        SortedMap<Integer, Expectation> byNode = new TreeMap<>();
        facts.initiators().forEach(node -> byNode.put(node, expectation));
        return byNode;
    }
}
