package io.memkind.observing;

import io.memkind.Kinds;
import io.memkind.management.KindData;
import io.memkind.management.KindsMXBean;
import java.io.InputStreamReader;
import java.io.Reader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import javax.management.JMX;
import javax.management.ObjectName;
import jdk.jfr.Configuration;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordingFile;

/** For {@link ModulesTest}: is observed where the library is a module. */
final class ModularProgram {
    private static final int PATIENCE_SECONDS = 60;

    private ModularProgram() {}

    public static void main(String[] arguments) throws Exception {
        System.out.println("module " + Kinds.class.getModule().getName());
        long block = Kinds.DEFAULT.malloc(9 << 20);
        for (int i = 0; i < PATIENCE_SECONDS * 20 && System.getProperty(KindsMXBean.NAME_PROPERTY) == null; i++) {
            Thread.sleep(50);
        }
        String name = System.getProperty(KindsMXBean.NAME_PROPERTY);
        System.out.println("bean " + name);
        if (name != null) {
            KindsMXBean bean = JMX.newMXBeanProxy(
                    ManagementFactory.getPlatformMBeanServer(), new ObjectName(name), KindsMXBean.class);
            KindData kind = bean.getKinds().get(0);
            System.out.println(kind.getName() + " " + kind.getAllocatedBytes());
        }
        Kinds.DEFAULT.free(block);
        System.out.println("events " + record());
    }

    private static long record() throws Exception {
        Path file = Files.createTempFile("memkind", ".jfr");
        try (Reader reader = new InputStreamReader(
                        Objects.requireNonNull(Kinds.class.getResourceAsStream("/memkind.jfc")),
                        StandardCharsets.UTF_8);
                Recording recording = new Recording(Configuration.create(reader))) {
            recording.start();
            Kinds.DEFAULT.free(Kinds.DEFAULT.malloc(100 << 20));
            Kinds.DEFAULT.trim();
            recording.stop();
            recording.dump(file);
            return RecordingFile.readAllEvents(file).stream()
                    .filter(event -> event.getEventType().getName().startsWith("io.memkind."))
                    .map(event -> event.getEventType().getName())
                    .distinct()
                    .count();
        } finally {
            Files.delete(file);
        }
    }
}
