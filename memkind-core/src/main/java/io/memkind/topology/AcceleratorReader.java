package io.memkind.topology;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;

/** Reads graphics processors and other accelerators ({@code /sys/bus/pci}, {@code /proc/driver/nvidia}). */
final class AcceleratorReader {
    private static final String PCI = "sys/bus/pci/devices";
    private static final String NVIDIA = "proc/driver/nvidia/gpus";
    private static final int DISPLAY_CONTROLLER = 0x03;
    private static final int PROCESSING_ACCELERATOR = 0x12;
    private static final int MAX_DEVICES = 1 << 14;

    /* Graphics of consoles and virtual machines: Cirrus, Matrox, QEMU, VMware, XGI, HiSilicon, ASPEED, virtio. */
    private static final Set<Integer> CONSOLE_VENDORS =
            Set.of(0x1013, 0x102b, 0x1234, 0x15ad, 0x18ca, 0x19e5, 0x1a03, 0x1af4);

    private AcceleratorReader() {}

    static List<Accelerator> read(SysfsFiles files) {
        List<Accelerator> found = new ArrayList<>();
        Set<String> driven = new TreeSet<>(files.names(NVIDIA, ""));
        Set<String> addresses = new TreeSet<>(files.names(PCI, ""));
        addresses.addAll(driven);
        for (String address : addresses.stream().limit(MAX_DEVICES).toList()) {
            String device = PCI + "/" + address;
            int pciClass = hexadecimal(files.text(device + "/class"));
            int vendor = hexadecimal(files.text(device + "/vendor"));
            int base = pciClass >> 16;
            boolean computes =
                    (base == DISPLAY_CONTROLLER || base == PROCESSING_ACCELERATOR) && !CONSOLE_VENDORS.contains(vendor);
            if (computes || driven.contains(address)) {
                OptionalInt node = files.smallNumber(device + "/numa_node"); // -1 if unknown
                found.add(new Accelerator(address, pciClass, vendor, node, memoryNode(files, address)));
            }
        }
        return List.copyOf(found);
    }

    /* Lines such as "Node: 255" and "Status: online". */
    private static OptionalInt memoryNode(SysfsFiles files, String address) {
        String status = files.text(NVIDIA + "/" + address + "/numa_status");
        List<Integer> node = Numbers.list(Numbers.field(status, "Node"));
        return Numbers.field(status, "Status").equals("online") && node.size() == 1
                ? OptionalInt.of(node.get(0))
                : OptionalInt.empty();
    }

    private static int hexadecimal(String text) {
        try {
            return text.startsWith("0x") ? Integer.parseUnsignedInt(text.substring(2), 16) : 0;
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
