package io.memkind.cli.stats;

/**
 * A process that runs Java.
 *
 * @param pid its number
 * @param command its main class or jar, and the arguments
 */
public record JavaProcess(long pid, String command) {}
