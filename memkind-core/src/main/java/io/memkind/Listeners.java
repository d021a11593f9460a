package io.memkind;

import io.memkind.internal.log.Log;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The {@linkplain OperationListener listeners} of this process.
 *
 * <p>While none is installed, the operations of kinds cost what they would cost without this class: compiled code has no
 * instruction for it, and is compiled anew when the first comes or the last goes, which takes milliseconds. While one is, each
 * operation costs the listeners' own time, one object, and some tens of nanoseconds.
 *
 * <p><b>Order.</b> {@code before} is called in the order of installation, {@code after} in the reverse order, so that the first
 * encloses all others. One that is installed twice is told twice.
 *
 * <p><b>Not told:</b> what a listener asks of kinds while it is told; requests that a kind answers from a block that it has
 * handed out already, as segments of an arena are; {@code usableSize}, statistics and the like.
 *
 * <p>All methods are thread-safe.
 */
public final class Listeners {
    /** What {@link #install} returns: its end takes the listener away. */
    public interface Registration extends AutoCloseable {
        /**
         * Takes the listener away. Operations that begin later are not told; one that is under way in another thread is told
         * its end. Closing again does nothing.
         */
        @Override
        void close();
    }

    private static final class Installed implements Registration {
        final OperationListener listener;

        Installed(OperationListener listener) {
            this.listener = listener;
        }

        @Override
        public void close() {
            remove(this);
        }
    }

    private static volatile Installed[] all = {};
    private static final ThreadLocal<Boolean> TELLING = ThreadLocal.withInitial(() -> false);

    private Listeners() {}

    /**
     * Installs a listener for all kinds, those to come as well. When this returns, the operations of all threads are told.
     *
     * @param listener whom to tell
     * @return what takes it away again
     */
    public static Registration install(OperationListener listener) {
        Installed installed = new Installed(Objects.requireNonNull(listener, "listener"));
        synchronized (Listeners.class) {
            Installed[] more = Arrays.copyOf(all, all.length + 1);
            more[all.length] = installed;
            all = more;
        }
        Detour.enter();
        return installed;
    }

    private static void remove(Installed installed) {
        synchronized (Listeners.class) {
            Installed[] fewer =
                    Arrays.stream(all).filter(one -> one != installed).toArray(Installed[]::new);
            if (fewer.length == all.length) {
                return;
            }
            all = fewer;
        }
        Detour.leave();
    }

    /** Tells the listeners of the operation, and does it in between; what the caller is to get. */
    static long tell(Operation operation) {
        Installed[] told = all;
        if (told.length == 0 || TELLING.get()) {
            return operation.perform();
        }
        int begun = 0;
        try {
            while (begun < told.length) {
                tellBefore(told[begun].listener, operation);
                begun++;
            }
            operation.end(operation.perform(), null);
        } catch (RuntimeException | Error e) {
            tellAfter(told, begun, operation, e);
            throw e;
        }
        tellAfter(told, begun, operation, null);
        return operation.result();
    }

    private static void tellBefore(OperationListener listener, Operation operation) {
        TELLING.set(true);
        try {
            listener.before(operation);
        } finally {
            TELLING.remove();
        }
    }

    private static void tellAfter(Installed[] told, int count, Operation operation, @Nullable Throwable failure) {
        if (failure != null) {
            operation.end(0, failure);
        }
        TELLING.set(true);
        try {
            for (int i = count - 1; i >= 0; i--) {
                tellAfter(told[i].listener, operation);
            }
        } finally {
            TELLING.remove();
        }
    }

    private static void tellAfter(OperationListener listener, Operation operation) {
        try {
            listener.after(operation);
        } catch (RuntimeException | Error e) {
            Log.warning("the listener " + listener + " failed after " + operation, e);
        }
    }
}
