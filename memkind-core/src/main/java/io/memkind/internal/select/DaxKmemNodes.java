package io.memkind.internal.select;

import io.memkind.internal.select.Selection.Unavailable;
import io.memkind.topology.DaxDevice;
import io.memkind.topology.NodeOverrides;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds the nodes of DAX memory: the user's, else those of the devices in use as system memory. */
final class DaxKmemNodes {
    static final String VARIABLE = "MEMKIND_DAX_KMEM_NODES";

    private static final String TIE_REMEDY = "name in " + VARIABLE
            + " one node for each node with processors, or use memkind_dax_kmem, which takes all of them";

    private DaxKmemNodes() {}

    static Selection select(Machine machine, NodeOverrides overrides, TargetChoice choice) {
        Optional<List<Integer>> named = overrides.daxKmemNodes();
        if (named.isPresent()) {
            Optional<Unavailable> refusal = NamedNodes.refuse(VARIABLE, named.get(), machine);
            return refusal.isPresent()
                    ? refusal.get()
                    : ClosestNodes.select(machine, named.get().stream().sorted().toList(), choice, TIE_REMEDY);
        }
        List<Integer> nodes = machine.topology().daxDevices().stream()
                .filter(DaxDevice::systemRam)
                .flatMap(device -> device.targetNode().stream().boxed())
                .filter(machine::isUsable)
                .sorted()
                .distinct()
                .toList();
        return nodes.isEmpty() ? none(machine) : ClosestNodes.select(machine, nodes, choice, TIE_REMEDY);
    }

    private static Unavailable none(Machine machine) {
        List<DaxDevice> devices = machine.topology().daxDevices();
        if (devices.isEmpty()) {
            return new Unavailable(
                    SelectionError.UNAVAILABLE,
                    "there is no DAX device in /sys/bus/dax/devices",
                    "name the nodes in " + VARIABLE + " if their memory is not attached as a DAX device");
        }
        List<String> found = new ArrayList<>();
        for (DaxDevice device : devices) {
            found.add(device.name() + " is " + state(device));
        }
        String remedy = devices.stream()
                .filter(device -> !device.systemRam())
                .findFirst()
                .map(device -> "daxctl reconfigure-device --mode=system-ram " + device.name())
                .orElse("bring the memory of the devices online (daxctl online-memory) and let the process use it"
                        + " (cpuset.mems of its control group)");
        return new Unavailable(
                SelectionError.UNAVAILABLE,
                "no DAX device gives this process system memory: " + NodeText.list(found),
                remedy);
    }

    private static String state(DaxDevice device) {
        if (!device.systemRam()) {
            return "not in system-ram mode";
        }
        return device.targetNode().isPresent()
                ? "node " + device.targetNode().getAsInt() + ", which has no memory that this process may use"
                : "of an unknown node";
    }
}
