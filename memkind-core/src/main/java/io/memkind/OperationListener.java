package io.memkind;

/**
 * Sees the operations of all kinds before and after they are done, and can change what they do: the decorators of the C
 * library. Installed by {@link Listeners#install}.
 *
 * <p>Both methods are called by the thread that asks for the operation, and so by many at once. What they ask of kinds
 * themselves is not told to any listener.
 */
public interface OperationListener {
    /**
     * An operation is about to be done. An exception thrown here refuses it: nothing is done, and the caller gets that
     * exception.
     *
     * @param operation what is asked for; its arguments may be changed during this call
     */
    default void before(Operation operation) {}

    /**
     * An operation was done, or has failed; told if {@link #before} returned normally. An exception thrown here is logged, and
     * changes nothing for the caller.
     *
     * @param operation what was done; its result may be changed during this call
     */
    default void after(Operation operation) {}
}
