package io.memkind.agent.management;

/**
 * One target.
 *
 * @param name what the policy calls it
 * @param requests how many requests it served
 * @param bytes the sum of their sizes
 * @param failures how many requests it had no room for
 * @param liveBytes what is allocated of its kinds now, at usable size; −1 for the JVM, which does not tell
 * @param residentBytes what of its kinds is backed by memory now; −1 for the JVM
 */
public record TargetData(String name, long requests, long bytes, long failures, long liveBytes, long residentBytes) {}
