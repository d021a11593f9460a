package io.memkind.topology;

import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the make of the processors. Each architecture has its own lines in {@code /proc/cpuinfo}. */
final class ProcessorReader {
    /* The numbers of vendors are X86_VENDOR_* of arch/x86/include/asm/processor.h. */
    private static final Pattern X86_MODALIAS =
            Pattern.compile("cpu:type:x86,ven([0-9A-F]{4})fam([0-9A-F]{4})mod([0-9A-F]{4}):");
    private static final Map<Integer, String> X86_VENDORS =
            Map.of(0, "GenuineIntel", 2, "AuthenticAMD", 5, "CentaurHauls", 9, "HygonGenuine");

    private ProcessorReader() {}

    static Processor read(SysfsFiles files) {
        String info = files.text("proc/cpuinfo");
        String x86 = Numbers.field(info, "vendor_id");
        if (!Numbers.field(info, "cpu family").isEmpty()) {
            return new Processor(
                    x86, number(info, "cpu family"), number(info, "model"), Numbers.field(info, "model name"));
        }
        String arm = Numbers.field(info, "CPU implementer");
        if (!arm.isEmpty()) {
            return new Processor(arm, number(info, "CPU architecture"), number(info, "CPU part"));
        }
        String power = Numbers.field(info, "cpu");
        if (!power.isEmpty()) {
            return new Processor("", 0, 0, power);
        }
        String itanium = Numbers.field(info, "vendor");
        if (!itanium.isEmpty()) {
            return new Processor(itanium, number(info, "family"), number(info, "model"));
        }
        return x86.isEmpty() ? fromModalias(files) : new Processor(x86, 0, 0);
    }

    private static int number(String info, String key) {
        String text = Numbers.field(info, key);
        try {
            OptionalLong decimal = Numbers.parse(text);
            return text.startsWith("0x")
                    ? Integer.parseUnsignedInt(text.substring(2), 16)
                    : Math.toIntExact(decimal.orElse(0));
        } catch (NumberFormatException | ArithmeticException e) {
            return 0;
        }
    }

    private static Processor fromModalias(SysfsFiles files) {
        Matcher matcher = X86_MODALIAS.matcher(files.text("sys/devices/system/cpu/modalias"));
        if (!matcher.lookingAt()) {
            return Processor.UNKNOWN;
        }
        int vendor = Integer.parseInt(matcher.group(1), 16);
        return new Processor(
                X86_VENDORS.getOrDefault(vendor, "x86"),
                Integer.parseInt(matcher.group(2), 16),
                Integer.parseInt(matcher.group(3), 16));
    }
}
