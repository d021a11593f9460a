package io.memkind;

import io.memkind.settings.SettingException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The error codes of the C library, for programs that report or compare them: {@link #of} tells the code that stands for an
 * exception, {@link Availability#errorCode} that for a kind that is not available.
 *
 * <p>Nothing in this library returns a code. Those marked so cannot happen here.
 */
public enum ErrorCode {
    /** No error. */
    SUCCESS(0, "no error"),
    /** The machine has no such memory, or does not tell: {@link KindUnavailableException}. */
    UNAVAILABLE(-1, "the machine has no such kind of memory, or does not tell"),
    /** The kernel refuses the policy of a kind, or the process may not set one: {@link Availability}. */
    MBIND(-2, "mbind(2) failed"),
    /** Memory cannot be mapped with MAP_SYNC: {@link FileKinds#checkDaxPath}. */
    MMAP(-3, "mmap(2) failed"),
    /** The Java heap is full: {@link OutOfMemoryError}. */
    MALLOC(-6, "no memory for bookkeeping"),
    /** A variable or property has a bad value: {@link SettingException}, {@link KindUnavailableException}. */
    ENVIRON(-12, "an environment variable or system property has a bad value"),
    /** An argument is refused: {@link IllegalArgumentException}; or a directory: {@link UncheckedIOException}. */
    INVALID(-13, "an argument is not accepted"),
    /** Not here: any number of kinds can be open. */
    TOOMANY(-15, "too many kinds; the C library has 512 at most"),
    /** Not here: no caller gives tables of operations. */
    BADOPS(-17, "the operations of a kind are incomplete"),
    /** There are no huge pages: {@link KindUnavailableException}. */
    HUGETLB(-18, "no huge pages are set aside"),
    /** No node is of the sort asked for, or not just one: {@link KindUnavailableException}. */
    MEMTYPE_NOT_AVAILABLE(-20, "no node has memory of the type asked for, or not exactly one has"),
    /** Something is not supported: {@link UnsupportedOperationException}. */
    OPERATION_FAILED(-21, "the operation is not supported"),
    /** Not here: kinds do not share a fixed number of arenas. */
    ARENAS_CREATE(-22, "no more arenas can be created"),
    /** Several nodes are equally close where one is needed; anything else that fails. */
    RUNTIME(-255, "the operation failed"),
    /** There is no memory: {@link KindExhaustedException}. The number is that of errno(3). */
    ENOMEM(12, "there is no memory"),
    /** Not here, since {@link #INVALID} says it: a bad alignment. The number is that of errno(3). */
    EINVAL(22, "an alignment is not accepted");

    private static final String PREFIX = "<memkind> ";

    private final int number;
    private final String text;

    ErrorCode(int number, String text) {
        this.number = number;
        this.text = text;
    }

    /** {@return the number that the C library returns, its {@code MEMKIND_ERROR_…} or errno} */
    public int number() {
        return number;
    }

    /** {@return what it means, in a phrase} */
    public String text() {
        return text;
    }

    /**
     * The code of a number.
     *
     * @param number as the C library returns it
     * @return the code; empty if none has the number
     */
    public static Optional<ErrorCode> ofNumber(int number) {
        return Stream.of(values()).filter(code -> code.number == number).findFirst();
    }

    /**
     * A line about a number: what {@code memkind_error_message} told.
     *
     * @param number any number
     * @return a line that begins with {@code <memkind>}, shorter than 128 characters
     */
    public static String message(int number) {
        return PREFIX + ofNumber(number).map(ErrorCode::text).orElse("Undefined error number: " + number);
    }

    /**
     * The code that the C library has for what an exception of this library tells. That of a {@link SettingException} among the
     * causes goes first.
     *
     * @param failure an exception that a method of this library threw
     * @return the code; {@link #RUNTIME} for what is of no known sort
     */
    public static ErrorCode of(Throwable failure) {
        Objects.requireNonNull(failure, "failure");
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SettingException) {
                return ENVIRON;
            }
        }
        return switch (failure) {
            case KindUnavailableException unavailable -> unavailable.errorCode();
            case KindExhaustedException exhausted -> ENOMEM;
            case IllegalArgumentException refused -> INVALID;
            case NullPointerException missing -> INVALID;
            case UncheckedIOException file -> INVALID;
            case IOException file -> INVALID;
            case UnsupportedOperationException unsupported -> OPERATION_FAILED;
            case OutOfMemoryError full -> MALLOC;
            default -> RUNTIME;
        };
    }
}
