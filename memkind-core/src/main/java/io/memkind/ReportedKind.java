package io.memkind;

import io.memkind.management.KindData;
import org.jspecify.annotations.Nullable;

/** A kind in the form that management wants. */
final class ReportedKind extends HeapReport implements KindData {
    private final KindSnapshot kind;
    private final Availability availability;

    ReportedKind(KindSnapshot kind, Availability availability) {
        super(kind.statistics());
        this.kind = kind;
        this.availability = availability;
    }

    @Override
    public String getName() {
        return kind.name();
    }

    @Override
    public boolean isAvailable() {
        return availability.available();
    }

    @Override
    public String getUnavailableReason() {
        return availability.reason();
    }

    @Override
    public long getPageBytes() {
        return kind.pageByteSize();
    }

    @Override
    public @Nullable Long getLimitBytes() {
        return kind.limitBytes().isPresent() ? (Long) kind.limitBytes().getAsLong() : null;
    }
}
