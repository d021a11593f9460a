package io.memkind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.memkind.management.ExtentData;
import io.memkind.management.KindData;
import io.memkind.management.KindsMXBean;
import io.memkind.management.LargeClassData;
import io.memkind.management.SizeClassData;
import java.io.File;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.management.JMX;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The management bean, as a client of the platform's MBean server sees it. */
class KindsBeanTest {
    private static final MBeanServer SERVER = ManagementFactory.getPlatformMBeanServer();

    private final KindsMXBean bean = JMX.newMXBeanProxy(SERVER, name(), KindsMXBean.class);

    private static ObjectName name() {
        try {
            return new ObjectName(System.getProperty(KindsMXBean.NAME_PROPERTY));
        } catch (javax.management.JMException e) {
            throw new AssertionError(e);
        }
    }

    @BeforeAll
    static void register() {
        Observation.registerBean();
    }

    private KindData named(String kindName) {
        return bean.getKinds().stream()
                .filter(kind -> kind.getName().equals(kindName))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void showsWhatAKindHolds() {
        try (MemoryKind kind = MemoryKind.builder(Kinds.DEFAULT)
                .name("bean_1")
                .limitBytes(64 << 20)
                .build()) {
            kind.malloc(100);
            kind.malloc(9 << 20);
            KindStatistics held = kind.statistics();
            KindData shown = named("bean_1");
            assertThat(shown.isAvailable()).isTrue();
            assertThat(shown.getUnavailableReason()).isEmpty();
            assertThat(shown.getLimitBytes()).isEqualTo(64 << 20);
            assertThat(shown.getPageBytes()).isEqualTo(kind.pageByteSize());
            assertThat(shown.getAllocatedBytes()).isEqualTo(held.allocatedBytes());
            assertThat(shown.getActiveBytes()).isEqualTo(held.activeBytes());
            assertThat(shown.getDirtyBytes()).isEqualTo(held.dirtyBytes());
            assertThat(shown.getRetainedBytes()).isEqualTo(held.retainedBytes());
            assertThat(shown.getMappedBytes()).isEqualTo(held.mappedBytes());
            assertThat(shown.getResidentBytes()).isEqualTo(held.residentBytes());
            assertThat(shown.getLargeBlocks()).isEqualTo(1);
            assertThat(shown.getSizeClasses())
                    .extracting(SizeClassData::getBlockBytes, SizeClassData::getLiveBlocks, SizeClassData::getSlabs)
                    .containsExactly(org.assertj.core.groups.Tuple.tuple(112L, 1L, 1L));
            assertThat(shown.getLargeClasses())
                    .extracting(LargeClassData::getBlockBytes, LargeClassData::getLiveBlocks)
                    .containsExactly(org.assertj.core.groups.Tuple.tuple(10L << 20, 1L));
            assertThat(shown.getExtents())
                    .extracting(ExtentData::getState, ExtentData::getCount, ExtentData::getBytes)
                    .contains(org.assertj.core.groups.Tuple.tuple("active", 2L, held.activeBytes()));
            assertThat(bean.getTotal().getAllocatedBytes()).isGreaterThanOrEqualTo(held.allocatedBytes());
        }
    }

    @Test
    void aKindWithoutLimitHasNoneAndAnUnavailableOneSaysWhy() {
        assertThat(named("memkind_default").getLimitBytes()).isNull();
        for (MemoryKind kind : Kinds.all()) {
            KindData shown = named(kind.name());
            assertThat(shown.isAvailable()).isEqualTo(kind.availability().available());
            assertThat(shown.getUnavailableReason())
                    .isEqualTo(kind.availability().reason());
        }
    }

    /* A kind that gives nothing back by itself meanwhile. */
    private static MemoryKind slowlyDecaying(String name) {
        return MemoryKind.builder(Kinds.DEFAULT)
                .name(name)
                .decay(Duration.ofDays(1))
                .build();
    }

    @Test
    void trimsByName() {
        try (MemoryKind kind = slowlyDecaying("bean_2");
                MemoryKind namesake = slowlyDecaying("bean_2")) {
            for (MemoryKind one : List.of(kind, namesake)) {
                long block = one.malloc(5 << 20);
                Pattern.fill(block, 5 << 20, 1);
                one.free(block);
            }
            assertThat(kind.statistics().dirtyBytes()).isPositive();
            assertThat(bean.trim("bean_2")).isEqualTo(2);
            assertThat(kind.statistics().dirtyBytes()).isZero();
            assertThat(namesake.statistics().dirtyBytes()).isZero();
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> bean.trim("bean_2"))
                .withMessageStartingWith("no kind named 'bean_2' is open; there are memkind_default, ");
    }

    @Test
    void printsAndTellsTheVersion() {
        assertThat(bean.print("Jgmdablxe")).isEqualTo("{\"memkind\":{}}\n");
        assertThat(bean.print("")).endsWith("End of memkind statistics\n");
        assertThat(bean.getVersion()).isEqualTo(Version.current().text());
        assertThatIllegalArgumentException().isThrownBy(() -> bean.print("?")).withMessageContaining("'?'");
    }

    @Test
    void aClientNeedsNoClassOfTheLibrary() throws Exception {
        Object kinds = SERVER.getAttribute(name(), "Kinds");
        assertThat(kinds).isInstanceOf(CompositeData[].class);
        CompositeData first = ((CompositeData[]) kinds)[0];
        assertThat(first.getCompositeType().keySet())
                .containsExactlyInAnyOrder(
                        "name",
                        "available",
                        "unavailableReason",
                        "pageBytes",
                        "limitBytes",
                        "allocatedBytes",
                        "activeBytes",
                        "dirtyBytes",
                        "retainedBytes",
                        "mappedBytes",
                        "residentBytes",
                        "largeBlocks",
                        "sizeClasses",
                        "largeClasses",
                        "extents");
        assertThat(first.get("sizeClasses")).isInstanceOf(CompositeData[].class);
    }

    @Test
    void registeringAgainDoesNothing() {
        String before = System.getProperty(KindsMXBean.NAME_PROPERTY);
        Observation.registerBean();
        assertThat(System.getProperty(KindsMXBean.NAME_PROPERTY)).isEqualTo(before);
    }

    /* As in a server with two applications, each with the library of its own. */
    @Test
    void theLibraryOfAnotherClassLoaderGetsANameOfItsOwn() throws Exception {
        String before = System.getProperty(KindsMXBean.NAME_PROPERTY);
        List<URL> path = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            path.add(Path.of(entry).toUri().toURL());
        }
        try (URLClassLoader loader = new URLClassLoader(path.toArray(new URL[0]), null)) {
            Method registerBean = loader.loadClass(Observation.class.getName()).getDeclaredMethod("registerBean");
            registerBean.setAccessible(true);
            registerBean.invoke(null);
            String second = System.getProperty(KindsMXBean.NAME_PROPERTY);
            assertThat(second).isNotEqualTo(before).startsWith(KindsMXBean.OBJECT_NAME + ",instance=");
            assertThat(SERVER.queryNames(new ObjectName(KindsMXBean.OBJECT_NAME + ",*"), null))
                    .contains(new ObjectName(before), new ObjectName(second));
            SERVER.unregisterMBean(new ObjectName(second));
        } finally {
            System.setProperty(KindsMXBean.NAME_PROPERTY, before);
        }
    }
}
