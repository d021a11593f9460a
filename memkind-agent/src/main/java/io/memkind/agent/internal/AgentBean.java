package io.memkind.agent.internal;

import io.memkind.KindStatistics;
import io.memkind.MemoryKind;
import io.memkind.agent.internal.redirect.RedirectTarget;
import io.memkind.agent.internal.redirect.Redirector;
import io.memkind.agent.internal.report.Summary;
import io.memkind.agent.management.AgentMXBean;
import io.memkind.agent.management.TargetData;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.management.JMException;
import javax.management.ObjectName;

/** {@link AgentMXBean} over the running agent. */
final class AgentBean implements AgentMXBean {
    /* The first use of the MBean server costs a third of a second of processor time: for processes that live longer. */
    private static final long DELAY_MILLIS = 1000;

    private final RunningAgent agent;

    private AgentBean(RunningAgent agent) {
        this.agent = agent;
    }

    static void registerLater(RunningAgent agent) {
        if (ModuleLayer.boot().findModule("java.management").isEmpty()) {
            return;
        }
        Thread.ofPlatform()
                .daemon()
                .name("memkind-agent-management")
                .inheritInheritableThreadLocals(false)
                .start(() -> register(agent));
    }

    private static void register(RunningAgent agent) {
        try {
            Thread.sleep(DELAY_MILLIS);
            ManagementFactory.getPlatformMBeanServer()
                    .registerMBean(new AgentBean(agent), new ObjectName(AgentMXBean.OBJECT_NAME));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (JMException | RuntimeException | LinkageError e) {
            AgentLog.line("the agent cannot be seen by JMX: " + e);
        }
    }

    @Override
    public boolean isEnabled() {
        return agent.redirector().isEnabled();
    }

    @Override
    public void setEnabled(boolean enabled) {
        agent.redirector().enable(enabled);
    }

    @Override
    public List<TargetData> getTargets() {
        Redirector redirector = agent.redirector();
        List<TargetData> all = new ArrayList<>();
        for (RedirectTarget target : redirector.targets()) {
            List<KindStatistics> statistics =
                    target.kinds().stream().map(MemoryKind::statistics).toList();
            all.add(new TargetData(
                    target.name(),
                    target.served().requests(),
                    target.served().bytes(),
                    target.failures(),
                    statistics.stream()
                            .mapToLong(KindStatistics::allocatedBytes)
                            .sum(),
                    statistics.stream().mapToLong(KindStatistics::residentBytes).sum()));
        }
        all.add(new TargetData(
                "jvm",
                redirector.jvmRequests().requests(),
                redirector.jvmRequests().bytes(),
                0,
                -1,
                -1));
        return all;
    }

    @Override
    public double getRedirectedShare() {
        return Summary.redirectedShare(agent.redirector());
    }

    @Override
    public long getRefusedFrees() {
        return agent.redirector().refusedFrees();
    }

    @Override
    public void writeLiveBlocks(String file) {
        agent.writeLiveBlocks(Optional.of(file));
    }
}
