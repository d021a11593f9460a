package io.memkind.cli.stats;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import io.memkind.management.KindsMXBean;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import javax.management.Attribute;
import javax.management.AttributeList;
import javax.management.JMException;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/**
 * A connection to the management bean of another process. Reads open types, so that the other process may have another
 * version of the library.
 */
public final class KindsConnection implements AutoCloseable {
    private static final String[] ATTRIBUTES = {"Version", "Total", "Kinds"};

    private final long pid;
    private final String command;
    private final JMXConnector connector;

    private KindsConnection(long pid, String command, JMXConnector connector) {
        this.pid = pid;
        this.command = command;
        this.connector = connector;
    }

    /**
     * Attaches to a process and has it listen for this machine.
     *
     * @param pid number of a process that runs Java
     * @return a connection
     * @throws ProcessException if it cannot be attached to, or has no kinds
     */
    public static KindsConnection open(long pid) {
        try {
            VirtualMachine machine = VirtualMachine.attach(Long.toString(pid));
            try {
                Properties properties = machine.getSystemProperties();
                if (properties.getProperty(KindsMXBean.NAME_PROPERTY) == null) {
                    throw new ProcessException("process " + pid
                            + " has no kinds to show: it does not use memkind, made its"
                            + " first kind less than a second ago, or was started with -D" + KindsMXBean.SWITCH_PROPERTY
                            + "=false");
                }
                JMXServiceURL url = new JMXServiceURL(machine.startLocalManagementAgent());
                return new KindsConnection(pid, properties.getProperty("sun.java.command", ""), connect(url));
            } finally {
                machine.detach();
            }
        } catch (AttachNotSupportedException | IOException e) {
            throw ProcessException.of(pid, "process " + pid + " cannot be attached to: " + e.getMessage(), e);
        }
    }

    /* The address is the local one that the process itself told; it belongs to this user, or this user is root. */
    @SuppressWarnings("BanJNDI")
    private static JMXConnector connect(JMXServiceURL url) throws IOException {
        return JMXConnectorFactory.connect(url);
    }

    /**
     * Reads all kinds.
     *
     * @return what they hold now
     * @throws ProcessException if the process has ended or the connection is lost
     */
    public KindsReading read() {
        try {
            MBeanServerConnection server = connector.getMBeanServerConnection();
            String version = "";
            CompositeData total = null;
            List<CompositeData> kinds = new ArrayList<>();
            Set<ObjectName> beans =
                    new TreeSet<>(server.queryNames(new ObjectName(KindsMXBean.OBJECT_NAME + ",*"), null));
            for (ObjectName bean : beans) {
                AttributeList attributes = server.getAttributes(bean, ATTRIBUTES);
                for (Attribute attribute : attributes.asList()) {
                    switch (attribute.getValue()) {
                        case String text -> version = text;
                        /* The total of several beans would be of one library only. */
                        case CompositeData data -> total = beans.size() == 1 ? data : null;
                        case CompositeData[] more -> kinds.addAll(List.of(more));
                        default -> {}
                    }
                }
            }
            return new KindsReading(pid, command, version, total, kinds);
        } catch (IOException | JMException e) {
            throw ProcessException.of(pid, "the connection to process " + pid + " is lost: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        try {
            connector.close();
        } catch (IOException e) {
            /* The process has ended, and the connection with it. */
        }
    }
}
