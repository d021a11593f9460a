package io.memkind.topology;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Reads the distances of a node: one number for each online node by ascending id, without the ids.
 *
 * <p>Usually the nodes that have directories are meant. Some kernels also count a node that they do not show, and a tree
 * may have been captured in part; then the lists of online and possible nodes, or the ids themselves, fit. Where nothing
 * fits, a distance cannot be told from another, and there is none.
 */
final class DistanceReader {
    private final SysfsFiles files;
    private final List<List<Integer>> candidates;

    DistanceReader(SysfsFiles files, List<Integer> ids, List<Integer> online, List<Integer> possible) {
        this.files = files;
        int end = ids.isEmpty() ? 0 : ids.get(ids.size() - 1) + 1;
        List<Integer> all = IntStream.range(0, end <= 1 << 16 ? end : 0).boxed().toList();
        this.candidates = List.of(ids, online, possible, all);
    }

    Map<Integer, Integer> from(String directory) {
        List<Integer> row = Numbers.row(files.text(directory + "/distance"));
        for (List<Integer> ids : candidates) {
            if (!row.isEmpty() && row.size() == ids.size()) {
                Map<Integer, Integer> distances = new HashMap<>();
                for (int i = 0; i < row.size(); i++) {
                    distances.put(ids.get(i), row.get(i));
                }
                return distances;
            }
        }
        return Map.of();
    }
}
