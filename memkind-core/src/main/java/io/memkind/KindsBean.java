package io.memkind;

import io.memkind.management.HeapData;
import io.memkind.management.KindData;
import io.memkind.management.KindsMXBean;
import java.util.List;
import java.util.stream.Collectors;

/** The management bean. Reads anew at each call. */
final class KindsBean implements KindsMXBean {
    @Override
    public String getVersion() {
        return Version.current().text();
    }

    @Override
    public HeapData getTotal() {
        return new HeapReport(MemkindStatistics.read().total());
    }

    @Override
    public List<KindData> getKinds() {
        return KindRegistry.open().stream()
                .map(kind -> (KindData) new ReportedKind(KindSnapshot.of(kind), kind.availability()))
                .toList();
    }

    @Override
    public int trim(String name) {
        List<MemoryKind> named = KindRegistry.open().stream()
                .filter(kind -> kind.name().equals(name))
                .toList();
        if (named.isEmpty()) {
            throw new IllegalArgumentException("no kind named '" + name + "' is open; there are "
                    + KindRegistry.open().stream().map(MemoryKind::name).collect(Collectors.joining(", ")));
        }
        named.forEach(MemoryKind::trim);
        return named.size();
    }

    @Override
    public String print(String options) {
        return StatisticsPrinter.print(options);
    }
}
