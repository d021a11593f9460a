package io.memkind.topology;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads what this process is confined to: {@code /proc/self/status}, which has the outcome of every cpuset above the
 * process; in a captured tree without it, the files of the control group, or of the nearest group above that was captured.
 */
final class CpusetReader {
    private static final int MAX_DEPTH = 64;

    private final SysfsFiles files;

    private CpusetReader(SysfsFiles files) {
        this.files = files;
    }

    static Cpuset read(SysfsFiles files) {
        return new CpusetReader(files).read();
    }

    private Cpuset read() {
        String status = files.text("proc/self/status");
        List<Integer> cpus = allowed(status, "Cpus_allowed");
        List<Integer> nodes = allowed(status, "Mems_allowed");
        String source = nodes.isEmpty() ? "" : "proc/self/status";
        String group = group();
        for (Mount mount : nodes.isEmpty() && !group.isEmpty() ? mounts() : List.<Mount>of()) {
            Optional<String> file = nearest(mount, group, mount.nodesFile());
            if (file.isPresent()) {
                nodes = Numbers.list(files.text(file.get()));
                source = file.get();
                List<Integer> groupCpus = nearest(mount, group, mount.cpusFile())
                        .map(path -> Numbers.list(files.text(path)))
                        .orElse(List.of());
                cpus = cpus.isEmpty() ? groupCpus : cpus;
                break;
            }
        }
        return new Cpuset(group, cpus, nodes, source);
    }

    private static List<Integer> allowed(String status, String key) {
        List<Integer> list = Numbers.list(Numbers.field(status, key + "_list"));
        return list.isEmpty() ? Numbers.mask(Numbers.field(status, key)) : list;
    }

    /* Lines are hierarchy:controllers:path (cgroups(7)); version 2 has hierarchy 0 and no controllers. */
    private String group() {
        String unified = "";
        for (String line : files.text("proc/self/cgroup").split("\n", -1)) {
            String[] fields = line.split(":", 3);
            if (fields.length == 3 && List.of(fields[1].split(",", -1)).contains("cpuset")) {
                return fields[2];
            }
            if (fields.length == 3 && fields[0].equals("0") && fields[1].isEmpty()) {
                unified = fields[2];
            }
        }
        String cpuset = files.text("proc/self/cpuset");
        return cpuset.isEmpty() ? unified : cpuset;
    }

    private record Mount(String point, String nodesFile, String cpusFile) {
        static Mount unified(String point) {
            return new Mount(point, "cpuset.mems.effective", "cpuset.cpus.effective");
        }

        static Mount version1(String point) {
            return new Mount(point, "cpuset.mems", "cpuset.cpus");
        }

        /** The file system cpuset of before control groups, which they can also imitate. */
        static Mount withoutPrefix(String point) {
            return new Mount(point, "mems", "cpus");
        }
    }

    /* A hierarchy of version 1 with the controller goes first: then version 2 does not have it. */
    private List<Mount> mounts() {
        List<Mount> mounts = new ArrayList<>();
        List<Mount> unified = new ArrayList<>();
        for (String line : files.text("proc/mounts").split("\n", -1)) {
            String[] fields = line.split(" ", -1);
            if (fields.length < 4) {
                continue;
            }
            String point = fields[1].replaceFirst("^/+", "");
            List<String> options = List.of(fields[3].split(",", -1));
            if (fields[2].equals("cgroup2")) {
                unified.add(Mount.unified(point));
            } else if (fields[2].equals("cpuset") || (options.contains("cpuset") && options.contains("noprefix"))) {
                mounts.add(Mount.withoutPrefix(point));
            } else if (fields[2].equals("cgroup") && options.contains("cpuset")) {
                mounts.add(Mount.version1(point));
            }
        }
        if (mounts.isEmpty() && unified.isEmpty()) { // the usual places
            mounts.add(Mount.version1("sys/fs/cgroup/cpuset"));
            mounts.add(Mount.unified("sys/fs/cgroup"));
        }
        mounts.addAll(unified);
        return mounts;
    }

    private Optional<String> nearest(Mount mount, String group, String file) {
        String path = group.equals("/") ? "" : group;
        for (int depth = 0; depth < MAX_DEPTH; depth++) {
            String candidate = mount.point() + path + "/" + file;
            if (!Numbers.list(files.text(candidate)).isEmpty()) {
                return Optional.of(candidate);
            }
            int slash = path.lastIndexOf('/');
            if (slash < 0) {
                return Optional.empty();
            }
            path = path.substring(0, slash);
        }
        return Optional.empty();
    }
}
