package io.memkind.management;

/** The extents in one state. */
public interface ExtentData {
    /** {@return {@code active}, {@code dirty} or {@code retained}} */
    String getState();

    /** {@return number of extents} */
    long getCount();

    /** {@return bytes in them} */
    long getBytes();
}
