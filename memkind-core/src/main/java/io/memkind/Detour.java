package io.memkind;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MutableCallSite;

/**
 * Whether the calls of kinds go another way than straight to the kind's heap: while a listener is installed, or a kind with
 * another heap manager is open.
 *
 * <p>The answer is the target of a call site, which HotSpot takes for a constant: compiled code has no instruction for it, and
 * is thrown away when the answer changes. So a change takes effect in all threads, and costs milliseconds of compiling anew.
 */
final class Detour {
    private static final MutableCallSite SITE = new MutableCallSite(answer(false));
    private static final MethodHandle IS_TAKEN = SITE.dynamicInvoker();
    /* Guarded by the class. */
    private static int reasons;

    private Detour() {}

    static boolean isTaken() {
        try {
            return (boolean) IS_TAKEN.invokeExact();
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    /** One more reason to go another way. When this returns, all threads do. */
    static synchronized void enter() {
        if (reasons++ == 0) {
            set(true);
        }
    }

    /** One reason less. */
    static synchronized void leave() {
        if (--reasons == 0) {
            set(false);
        }
    }

    private static MethodHandle answer(boolean taken) {
        return MethodHandles.constant(boolean.class, taken);
    }

    private static void set(boolean taken) {
        SITE.setTarget(answer(taken));
        MutableCallSite.syncAll(new MutableCallSite[] {SITE});
    }
}
