package io.memkind;

import io.memkind.internal.jfr.FlightRecorderSwitch;
import io.memkind.internal.log.Log;
import io.memkind.internal.management.PlatformBeans;
import io.memkind.management.KindsMXBean;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What lets others look into this process: Flight Recorder events and a management bean, begun by the first kind, each
 * where the JDK has the module for it. What needs a module of the JDK beyond java.base is in a package of its own, whose
 * classes are not loaded without that module.
 */
final class Observation {
    /*
     * The first use of the platform's MBean server takes the JVM about 0.3 s of processor time. So it waits for a process
     * that lives for a while, and no thread of the program waits for it.
     */
    private static final long BEAN_DELAY_MILLIS = 1000;

    private static final AtomicBoolean STARTED = new AtomicBoolean();
    private static boolean beanRegistered;

    private Observation() {}

    static void start() {
        if (!STARTED.compareAndSet(false, true)) {
            return;
        }
        try {
            if (reads("jdk.jfr")) {
                FlightRecorderSwitch.follow(KindRegistry::observe);
            }
            if (managementWanted()) {
                Thread.ofPlatform()
                        .daemon()
                        .name("memkind-management")
                        .inheritInheritableThreadLocals(false)
                        .start(Observation::registerLater);
            }
        } catch (RuntimeException | LinkageError | OutOfMemoryError e) {
            warn("kinds cannot be observed", e); // but used
        }
    }

    private static void warn(String message, Throwable cause) {
        Log.warning(message, cause);
    }

    private static boolean managementWanted() {
        return reads("java.management") && !"false".equals(System.getProperty(KindsMXBean.SWITCH_PROPERTY));
    }

    private static boolean reads(String module) {
        return ModuleLayer.boot()
                .findModule(module)
                .filter(Observation.class.getModule()::canRead)
                .isPresent();
    }

    private static void registerLater() {
        try {
            Thread.sleep(BEAN_DELAY_MILLIS);
            registerBean();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | LinkageError | OutOfMemoryError e) {
            warn("the management bean is not registered", e);
        }
    }

    /** Registers the bean if it is not yet. */
    static synchronized void registerBean() {
        if (!beanRegistered && managementWanted()) {
            String name = PlatformBeans.register(new KindsBean(), KindsMXBean.OBJECT_NAME);
            System.setProperty(KindsMXBean.NAME_PROPERTY, name);
            beanRegistered = true;
        }
    }
}
