package io.memkind.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What this process may use, in all the places where it may be told. */
class CpusetTest {
    @TempDir
    private Path root;

    private SysfsTree tree;

    @BeforeEach
    void plant() throws IOException {
        tree = new SysfsTree(root);
        for (int id = 0; id < 4; id++) {
            tree.node(id, "" + id, 1, 1);
        }
    }

    private void expect(String cgroup, String source, List<Integer> cpus, List<Integer> allowed) {
        Topology topology = tree.read();
        assertThat(topology.cpuset().cgroup()).isEqualTo(cgroup);
        assertThat(topology.cpuset().source()).isEqualTo(source);
        assertThat(topology.cpuset().cpus()).isEqualTo(cpus);
        assertThat(topology.allowedNodes()).isEqualTo(allowed);
    }

    @Test
    void allNodesAreAllowedIfNothingTells() {
        expect("", "", List.of(), List.of(0, 1, 2, 3));
    }

    @Test
    void theStatusOfTheProcessGoesFirst() throws IOException {
        tree.file("proc/self/status", "Name:\tjava\nCpus_allowed_list:\t1-2\nMems_allowed_list:\t1,3-63\n")
                .file("proc/self/cgroup", "0::/a/b\n")
                .file("sys/fs/cgroup/a/b/cpuset.mems.effective", "0\n");

        expect("/a/b", "proc/self/status", List.of(1, 2), List.of(1, 3));
    }

    @Test
    void oldKernelsHaveMasksOnly() throws IOException {
        tree.file("proc/self/status", "Cpus_allowed:\tf0\nMems_allowed:\t00000001,0000000c\n");

        expect("", "proc/self/status", List.of(4, 5, 6, 7), List.of(2, 3));
        assertThat(tree.read().cpuset().nodes()).containsExactly(2, 3, 32);
    }

    @Test
    void theNodesOfSomeOtherMachineDoNotCount() throws IOException {
        tree.file("proc/self/status", "Mems_allowed_list:\t7\n");

        expect("", "proc/self/status", List.of(), List.of(0, 1, 2, 3));
    }

    @Test
    void controlGroupsOfVersion2() throws IOException {
        tree.file("proc/mounts", "cgroup2 /sys/fs/cgroup cgroup2 rw,nosuid 0 0\n")
                .file("proc/self/cgroup", "0::/user.slice/session-1.scope\n")
                .file("sys/fs/cgroup/user.slice/session-1.scope/cpuset.mems.effective", "1-2\n")
                .file("sys/fs/cgroup/user.slice/session-1.scope/cpuset.cpus.effective", "4-7\n");

        expect(
                "/user.slice/session-1.scope",
                "sys/fs/cgroup/user.slice/session-1.scope/cpuset.mems.effective",
                List.of(4, 5, 6, 7),
                List.of(1, 2));
    }

    @Test
    void theNearestGroupAboveThatWasCaptured() throws IOException {
        tree.file("proc/self/cgroup", "0::/a/b/c\n")
                .file("sys/fs/cgroup/cpuset.mems.effective", "0-3\n")
                .file("sys/fs/cgroup/a/cpuset.mems.effective", "3\n")
                .file("sys/fs/cgroup/a/b/cpuset.mems.effective", "\n");

        expect("/a/b/c", "sys/fs/cgroup/a/cpuset.mems.effective", List.of(), List.of(3));
    }

    @Test
    void controlGroupsOfVersion1BesideVersion2() throws IOException {
        tree.file(
                        "proc/mounts",
                        "cgroup2 /sys/fs/cgroup/unified cgroup2 rw 0 0\n"
                                + "cgroup /sys/fs/cgroup/memory cgroup rw,memory 0 0\n"
                                + "cgroup /sys/fs/cgroup/cpuset cgroup rw,relatime,cpuset 0 0\n")
                .file("proc/self/cgroup", "11:memory:/m\n7:cpu,cpuset:/job\n0::/u\n")
                .file("sys/fs/cgroup/cpuset/job/cpuset.mems", "0,2\n")
                .file("sys/fs/cgroup/unified/job/cpuset.mems.effective", "1\n");

        expect("/job", "sys/fs/cgroup/cpuset/job/cpuset.mems", List.of(), List.of(0, 2));
    }

    @Test
    void theFileSystemOfBeforeControlGroups() throws IOException {
        for (String mount : List.of("none /dev/cpuset cpuset rw 0 0", "c /dev/cpuset cgroup rw,cpuset,noprefix 0 0")) {
            tree.file("proc/mounts", mount + "\n")
                    .file("proc/self/cpuset", "/batch\n")
                    .file("dev/cpuset/batch/mems", "1\n");

            // dev is no part of what may be read of a machine, but lies inside a captured tree
            expect("/batch", "dev/cpuset/batch/mems", List.of(), List.of(1));
        }
    }
}
