package io.memkind.internal.extent;

/** A page owner of nobody. */
final class TestOwner extends PageOwner {
    TestOwner(long address, long pageCount) {
        super(address, pageCount);
    }
}
