package io.memkind.cli.topology;

import io.memkind.cli.json.JsonObject;
import io.memkind.measure.MeasuredAttributes;
import io.memkind.measure.MeasuredPair;
import io.memkind.topology.Accelerator;
import io.memkind.topology.AccessAttributes;
import io.memkind.topology.Cpuset;
import io.memkind.topology.DaxDevice;
import io.memkind.topology.HugePagePool;
import io.memkind.topology.MemorySideCache;
import io.memkind.topology.NodeVerdict;
import io.memkind.topology.NumaNode;
import io.memkind.topology.Processor;
import io.memkind.topology.Topology;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/** A machine's memory for programs. */
public final class TopologyJson {
    private TopologyJson() {}

    /**
     * All that is known.
     *
     * @param view the machine
     * @return an object
     */
    public static JsonObject of(MachineView view) {
        Topology topology = view.firmware();
        List<JsonObject> nodes = new ArrayList<>();
        for (int i = 0; i < topology.nodes().size(); i++) {
            int id = topology.nodes().get(i).id();
            nodes.add(node(topology.nodes().get(i), view.verdicts().get(i), topology)
                    .put(
                            "attributesInUse",
                            SpeedOrigin.label(view.used().nodes().get(i)))
                    .putObjects("measured", objects(measuredTo(view, id), TopologyJson::pair)));
        }
        return new JsonObject()
                .put("numa", !topology.nodes().isEmpty())
                .put("totalBytes", topology.totalBytes())
                .put("availableBytes", topology.availableBytes())
                .put("processor", processor(topology.processor()))
                .putNumbers("onlineCpus", topology.onlineCpus())
                .putNumbers("possibleNodes", topology.possibleNodes())
                .putNumbers("allowedNodes", topology.allowedNodes())
                .put("cpuset", cpuset(topology.cpuset()))
                .put(
                        "transparentHugePages",
                        topology.transparentHugePages().name().toLowerCase(Locale.ROOT))
                .putObjects("hugePages", objects(topology.hugePagePools(), TopologyJson::pool))
                .putObjects("daxDevices", objects(topology.daxDevices(), TopologyJson::daxDevice))
                .putObjects("accelerators", objects(topology.accelerators(), TopologyJson::accelerator))
                .putOptional(
                        "measurement",
                        view.measured()
                                .map(measured -> new JsonObject()
                                        .put("measuredAt", measured.measuredAt().toString())))
                .putObjects("nodes", nodes);
    }

    private static List<MeasuredPair> measuredTo(MachineView view, int node) {
        return view.measured().map(MeasuredAttributes::pairs).orElse(List.of()).stream()
                .filter(pair -> pair.target() == node)
                .toList();
    }

    private static JsonObject pair(MeasuredPair pair) {
        return new JsonObject()
                .put("initiator", pair.initiator())
                .put("readBandwidthMiBps", pair.readBandwidthMiBps())
                .put("readLatencyNanos", pair.readLatencyNanos())
                .put("bufferBytes", pair.bufferByteSize())
                .put("hugePageBytes", pair.hugeByteSize())
                .put("threads", pair.threadCount())
                .put("rounds", pair.roundCount())
                .put("reason", pair.reason());
    }

    private static <T> List<JsonObject> objects(List<T> elements, Function<T, JsonObject> toJson) {
        return elements.stream().map(toJson).toList();
    }

    private static JsonObject node(NumaNode node, NodeVerdict verdict, Topology topology) {
        Optional<AccessAttributes> access = node.processorAccess();
        return new JsonObject()
                .put("id", node.id())
                .put("online", node.online())
                .put("allowed", topology.allowedNodes().contains(node.id()))
                .putNumbers("cpus", node.cpus())
                .putNumbers("offlineCpus", node.offlineCpus())
                .put("totalBytes", node.totalBytes())
                .put("freeBytes", node.freeBytes())
                .put("class", verdict.nodeClass().label())
                .put("classReason", verdict.reason())
                .putOptionals(
                        "distances",
                        node.distances().isEmpty()
                                ? List.of()
                                : topology.nodes().stream()
                                        .map(other -> node.distanceTo(other.id()))
                                        .toList())
                .put("readBandwidthMiBps", value(access, AccessAttributes::readBandwidthMiBps))
                .put("writeBandwidthMiBps", value(access, AccessAttributes::writeBandwidthMiBps))
                .put("readLatencyNanos", value(access, AccessAttributes::readLatencyNanos))
                .put("writeLatencyNanos", value(access, AccessAttributes::writeLatencyNanos))
                .putNumbers(
                        "initiators", access.map(AccessAttributes::initiators).orElse(List.of()))
                .putObjects("access", objects(node.access(), TopologyJson::access))
                .put("tier", node.tier())
                .put("movableOnly", node.movableOnly())
                .put("interleaveWeight", node.interleaveWeight())
                .putObjects("memorySideCaches", objects(node.memorySideCaches(), TopologyJson::cache))
                .putObjects("hugePages", objects(node.hugePagePools(), TopologyJson::nodePool));
    }

    private static OptionalLong value(
            Optional<AccessAttributes> access, Function<AccessAttributes, OptionalLong> attribute) {
        return access.map(attribute).orElse(OptionalLong.empty());
    }

    private static JsonObject access(AccessAttributes access) {
        return new JsonObject()
                .put("accessClass", access.accessClass())
                .putNumbers("initiators", access.initiators())
                .put("readBandwidthMiBps", access.readBandwidthMiBps())
                .put("writeBandwidthMiBps", access.writeBandwidthMiBps())
                .put("readLatencyNanos", access.readLatencyNanos())
                .put("writeLatencyNanos", access.writeLatencyNanos());
    }

    private static JsonObject cache(MemorySideCache cache) {
        return new JsonObject()
                .put("level", cache.level())
                .put("sizeBytes", cache.byteSize())
                .put("lineBytes", cache.lineByteSize())
                .put("indexing", cache.indexing())
                .put("writePolicy", cache.writePolicy());
    }

    private static JsonObject nodePool(HugePagePool pool) {
        return new JsonObject()
                .put("pageBytes", pool.pageByteSize())
                .put("totalPages", pool.totalPages())
                .put("freePages", pool.freePages())
                .put("surplusPages", pool.surplusPages());
    }

    private static JsonObject pool(HugePagePool pool) {
        return nodePool(pool).put("overcommitPages", pool.overcommitPages());
    }

    private static JsonObject daxDevice(DaxDevice device) {
        return new JsonObject()
                .put("name", device.name())
                .put("sizeBytes", device.byteSize())
                .put("targetNode", device.targetNode())
                .put("systemRam", device.systemRam())
                .put("backing", device.backing().name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }

    private static JsonObject accelerator(Accelerator accelerator) {
        return new JsonObject()
                .put("address", accelerator.address())
                .put("pciClass", "0x%06x".formatted(accelerator.pciClass()))
                .put("vendor", "0x%04x".formatted(accelerator.vendor()))
                .put("node", accelerator.node())
                .put("memoryNode", accelerator.memoryNode());
    }

    private static JsonObject processor(Processor processor) {
        return new JsonObject()
                .put("vendor", processor.vendor())
                .put("family", processor.family())
                .put("model", processor.model())
                .put("name", processor.name());
    }

    private static JsonObject cpuset(Cpuset cpuset) {
        return new JsonObject()
                .put("cgroup", cpuset.cgroup())
                .put("source", cpuset.source())
                .putNumbers("cpus", cpuset.cpus())
                .putNumbers("nodes", cpuset.nodes());
    }
}
