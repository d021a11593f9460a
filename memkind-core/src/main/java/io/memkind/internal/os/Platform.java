package io.memkind.internal.os;

import java.util.Locale;

/** The operating system and processor that the process runs on, and the numbers that differ between them. */
public enum Platform {
    LINUX_X86_64(237, 238, 279, 324, 157, 47, 0200000),
    LINUX_AARCH64(235, 237, 239, 283, 167, 48, 040000);

    private final int mbindNumber;
    private final int setMempolicyNumber;
    private final int movePagesNumber;
    private final int membarrierNumber;
    private final int prctlNumber;
    private final int addressBits;
    private final int directoryFlag;

    Platform(
            int mbindNumber,
            int setMempolicyNumber,
            int movePagesNumber,
            int membarrierNumber,
            int prctlNumber,
            int addressBits,
            int directoryFlag) {
        this.mbindNumber = mbindNumber;
        this.setMempolicyNumber = setMempolicyNumber;
        this.movePagesNumber = movePagesNumber;
        this.membarrierNumber = membarrierNumber;
        this.prctlNumber = prctlNumber;
        this.addressBits = addressBits;
        this.directoryFlag = directoryFlag;
    }

    /**
     * The platform named by the system properties {@code os.name} and {@code os.arch}.
     *
     * @throws UnsupportedOperationException on anything but Linux on x86-64 or aarch64, naming what was found
     */
    public static Platform current() {
        return of(System.getProperty("os.name", ""), System.getProperty("os.arch", ""));
    }

    static Platform of(String osName, String osArch) {
        if (osName.toLowerCase(Locale.ROOT).equals("linux")) {
            switch (osArch.toLowerCase(Locale.ROOT)) {
                case "amd64", "x86_64" -> {
                    return LINUX_X86_64;
                }
                case "aarch64", "arm64" -> {
                    return LINUX_AARCH64;
                }
                default -> {}
            }
        }
        throw new UnsupportedOperationException("memkind needs Linux on x86-64 or aarch64; this is " + osName + " on "
                + osArch + ". Run it on one of those.");
    }

    /** System call number of mbind(2): arch/x86/entry/syscalls/syscall_64.tbl, include/uapi/asm-generic/unistd.h. */
    int mbindNumber() {
        return mbindNumber;
    }

    int setMempolicyNumber() {
        return setMempolicyNumber;
    }

    int prctlNumber() {
        return prctlNumber;
    }

    int movePagesNumber() {
        return movePagesNumber;
    }

    int membarrierNumber() {
        return membarrierNumber;
    }

    /** O_DIRECTORY: include/uapi/asm-generic/fcntl.h, arch/arm64/include/uapi/asm/fcntl.h. */
    int directoryFlag() {
        return directoryFlag;
    }

    /** Bits of a user-space address that mmap(2) returns without a hint above them. */
    public int addressBits() {
        return addressBits;
    }
}
