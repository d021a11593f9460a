package io.memkind;

/**
 * Whether this machine can serve a kind, and if not, why and what to do.
 *
 * @param available whether it can
 * @param reason why it cannot; empty if it can
 * @param remedy what to do about it; empty if nothing needs to be done or helps
 */
public record Availability(boolean available, String reason, String remedy) {
    static final Availability YES = new Availability(true, "", "");

    static Availability no(String reason, String remedy) {
        return new Availability(false, reason, remedy);
    }
}
