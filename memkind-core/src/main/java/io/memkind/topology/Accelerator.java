package io.memkind.topology;

import java.util.OptionalInt;

/**
 * A graphics processor or other accelerator on the PCI bus, whose memory may be a NUMA node. It is read only on machines
 * that have nodes of memory only.
 *
 * @param address its PCI address, such as {@code 0004:05:00.0}
 * @param pciClass the class code, such as 0x030200 for a 3D controller
 * @param vendor the PCI vendor id, such as 0x10de; 0 if unknown
 * @param node the node that it is attached to ({@code numa_node}); empty if the kernel does not tell
 * @param memoryNode the node that its own memory is, by its driver ({@code /proc/driver/nvidia/gpus}); empty if the driver
 *     does not tell
 */
public record Accelerator(String address, int pciClass, int vendor, OptionalInt node, OptionalInt memoryNode) {}
