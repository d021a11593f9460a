package io.memkind.internal.management;

import java.lang.management.ManagementFactory;
import javax.management.InstanceAlreadyExistsException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** Beans in the platform's MBean server. */
public final class PlatformBeans {
    private PlatformBeans() {}

    /**
     * Registers a bean for the life of the process.
     *
     * @param name its name; if another class loader's bean has it, a key {@code instance} is added
     * @return the name that it got
     * @throws IllegalStateException if the server refuses it
     */
    public static String register(Object bean, String name) {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        String candidate = name;
        for (int instance = 2; ; instance++) {
            try {
                server.registerMBean(bean, new ObjectName(candidate));
                return candidate;
            } catch (InstanceAlreadyExistsException e) {
                candidate = name + ",instance=" + instance;
            } catch (JMException e) {
                throw new IllegalStateException("the MBean server refuses " + candidate, e);
            }
        }
    }
}
