package io.memkind.managers;

import io.memkind.spi.BlockHeap;
import io.memkind.spi.ExtentSupply;
import io.memkind.spi.HeapManager;
import java.util.Optional;

/** A manager that lacks its library. */
public final class AbsentManager implements HeapManager {
    @Override
    public String name() {
        return "absent";
    }

    @Override
    public Optional<String> refusal() {
        return Optional.of("libabsent.so.1 is missing; install the package libabsent1");
    }

    @Override
    public boolean bindsToThreads() {
        return false;
    }

    @Override
    public BlockHeap open(ExtentSupply supply) {
        throw new AssertionError("it cannot be used");
    }
}
