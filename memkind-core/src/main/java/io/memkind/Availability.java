package io.memkind;

import io.memkind.internal.select.Selection.Unavailable;
import java.util.Objects;

/**
 * Whether this machine can serve a kind, and if not, why and what to do.
 *
 * @param available whether it can
 * @param errorCode what {@code memkind_check_available} returns: {@link ErrorCode#SUCCESS} if it can
 * @param reason why it cannot; empty if it can
 * @param remedy what to do about it; empty if nothing needs to be done or helps
 */
public record Availability(boolean available, ErrorCode errorCode, String reason, String remedy) {
    static final Availability YES = new Availability(true, ErrorCode.SUCCESS, "", "");

    /** Refuses null. */
    public Availability {
        Objects.requireNonNull(errorCode, "errorCode");
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(remedy, "remedy");
    }

    /**
     * With the code {@link ErrorCode#UNAVAILABLE} if it is not available.
     *
     * @param available whether the machine can serve the kind
     * @param reason why it cannot
     * @param remedy what to do about it
     */
    public Availability(boolean available, String reason, String remedy) {
        this(available, available ? ErrorCode.SUCCESS : ErrorCode.UNAVAILABLE, reason, remedy);
    }

    static Availability no(Unavailable refusal) {
        ErrorCode code = ErrorCode.ofNumber(refusal.error().code()).orElse(ErrorCode.UNAVAILABLE);
        return new Availability(false, code, refusal.reason(), refusal.remedy());
    }

    static Availability no(ErrorCode code, String reason, String remedy) {
        return new Availability(false, code, reason, remedy);
    }

    /** A setting that concerns the kind has a bad value. */
    static Availability no(IllegalArgumentException badSetting) {
        return no(ErrorCode.ENVIRON, String.valueOf(badSetting.getMessage()), "correct or unset it");
    }
}
