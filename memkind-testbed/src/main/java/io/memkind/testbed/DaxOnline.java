package io.memkind.testbed;

import io.memkind.Kinds;
import io.memkind.MemoryKind;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The machine's DAX devices become memory while the program runs, as by {@code daxctl reconfigure-device --mode=system-ram}.
 * Kinds must keep the nodes that they have, and take the new ones after {@link Kinds#reevaluate}.
 */
record DaxOnline() implements Scenario {
    private static final Path DAX = Path.of("/sys/bus/dax");

    @Override
    public void play(Machine machine, ExpectedRun run, Checks checks) throws IOException {
        int initiator = machine.facts().initiators().first();
        machine.runOn(initiator);
        SortedSet<Integer> before = machine.facts().nodesWithMemory();
        MemoryKind interleave = Kinds.INTERLEAVE;
        MemorySegment old = interleave.allocateUninitialized(Probe.BLOCK_BYTES);
        try {
            Probe.touch(old);
            checks.expect(
                    "dax_kmem before its memory is there",
                    "unavailable",
                    new Expectation.Unavailable("").mismatch("dax_kmem", Probe.observe(Kinds.DAX_KMEM)));

            SortedSet<Integer> added = addDevices();
            SortedSet<Integer> all = new TreeSet<>(before);
            all.addAll(added);
            checks.expectEqual("nodes with memory", all, new Machine().facts().nodesWithMemory());
            checks.expect(
                    "interleave before it looks anew", "nodes " + NodeLists.format(before), look(interleave, before));

            Kinds.reevaluate();

            checks.expect("interleave after reevaluate", "nodes " + NodeLists.format(all), look(interleave, all));
            var check = interleave.verify(old);
            checks.expectTrue("its older block: verify", "true", check.holds(), check);
            checks.expect(
                    "dax_kmem after reevaluate",
                    "nodes " + NodeLists.format(added),
                    new Expectation.OnNodes(added, added).mismatch("dax_kmem", Probe.observe(Kinds.DAX_KMEM)));
        } finally {
            interleave.free(old);
            interleave.trim();
            Kinds.DAX_KMEM.trim();
        }
    }

    private static Optional<String> look(MemoryKind interleave, SortedSet<Integer> nodes) {
        return PlacementCheck.mismatch(
                KindTraits.ofName("interleave"), Probe.observe(interleave), Optional.of(nodes), Optional.of(nodes));
    }

    /* Returns their nodes. In ZONE_MOVABLE, as daxctl does it: memory(5), Documentation/admin-guide/mm/memory-hotplug.rst. */
    private static SortedSet<Integer> addDevices() throws IOException {
        Files.writeString(Path.of("/sys/devices/system/memory/auto_online_blocks"), "online_movable");
        SortedSet<Integer> nodes = new TreeSet<>();
        try (DirectoryStream<Path> devices = Files.newDirectoryStream(DAX.resolve("devices"), "dax*")) {
            for (Path device : devices) {
                String name = String.valueOf(device.getFileName());
                nodes.add(Integer.parseInt(
                        Files.readString(device.resolve("target_node")).strip()));
                Files.writeString(DAX.resolve("drivers/device_dax/unbind"), name);
                Files.writeString(DAX.resolve("drivers/kmem/new_id"), name);
            }
        }
        return nodes;
    }
}
