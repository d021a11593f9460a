package io.memkind;

/**
 * An address given to a kind is not the start of a live block of that kind: it was freed already, lies inside a block,
 * belongs to another kind, or was never handed out. The message says which. Nothing has changed.
 */
public final class InvalidAddressException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    /** The refused address. */
    private final long address;

    /**
     * For allocators over kinds, which refuse addresses by the same rules.
     *
     * @param message which address, and what is there
     * @param address the refused address
     */
    public InvalidAddressException(String message, long address) {
        super(message);
        this.address = address;
    }

    /** {@return the address that was refused} */
    public long address() {
        return address;
    }
}
