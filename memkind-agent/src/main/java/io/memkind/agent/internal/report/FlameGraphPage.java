package io.memkind.agent.internal.report;

import io.memkind.agent.internal.report.LiveBlocks.Site;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Live blocks as one HTML page with a flame graph, which needs nothing else. */
final class FlameGraphPage {
    private static final String TEMPLATE = "flame-graph.html";
    private static final String DATA = "/*DATA*/null";

    private FlameGraphPage() {}

    /* A frame with those that it called. */
    private static final class Node {
        double bytes;
        double blocks;
        double oldestSeconds;
        final Map<String, Node> callees = new TreeMap<>();

        void add(Site site) {
            bytes += site.bytes();
            blocks += site.blocks();
            oldestSeconds = Math.max(oldestSeconds, site.oldestNanos() / 1e9);
        }
    }

    static String of(LiveBlocks blocks) {
        Node root = new Node();
        for (Site site : blocks.sites()) {
            Node node = root;
            node.add(site);
            List<String> frames = site.frames();
            for (int i = frames.size() - 1; i >= 0; i--) {
                node = node.callees.computeIfAbsent(frames.get(i), frame -> new Node());
                node.add(site);
            }
        }
        StringBuilder json = new StringBuilder();
        write(json, "all live blocks", root);
        return template().replace(DATA, json);
    }

    private static void write(StringBuilder json, String name, Node node) {
        json.append("{\"n\":");
        quote(json, name);
        json.append(",\"b\":").append(Math.round(node.bytes));
        json.append(",\"c\":").append(Math.round(node.blocks));
        json.append(",\"a\":").append(Math.round(node.oldestSeconds * 10) / 10.0);
        json.append(",\"k\":[");
        String comma = "";
        for (Map.Entry<String, Node> callee : node.callees.entrySet()) {
            json.append(comma);
            write(json, callee.getKey(), callee.getValue());
            comma = ",";
        }
        json.append("]}");
    }

    /* Names are those of classes and methods, which may have any character in a class file; < would end the script. */
    private static void quote(StringBuilder json, String text) {
        json.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c > '~' || c == '"' || c == '\\' || c == '<' || c == '&') {
                json.append(String.format("\\u%04x", (int) c));
            } else {
                json.append(c);
            }
        }
        json.append('"');
    }

    private static String template() {
        try (InputStream in = FlameGraphPage.class.getResourceAsStream(TEMPLATE)) {
            if (in == null) {
                throw new IllegalStateException(TEMPLATE + " is missing in the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
