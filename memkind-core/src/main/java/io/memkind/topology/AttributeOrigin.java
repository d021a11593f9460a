package io.memkind.topology;

/** Where performance attributes come from. */
public enum AttributeOrigin {
    /** The firmware tells them (HMAT, CDAT), for both directions. */
    FIRMWARE,
    /** A program measured them, by reading alone. */
    MEASURED
}
