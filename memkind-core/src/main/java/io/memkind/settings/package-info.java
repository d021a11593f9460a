/**
 * What the user of a process can set from outside, by environment variables and system properties: the variables of the C
 * library that mean something here, under their names, and a few more.
 *
 * <p>Each setting has a variable {@code MEMKIND_…} and a system property {@code io.memkind.…}, which goes before it. Values
 * are parsed strictly: one that is not understood is never ignored, and never taken for another. It is reported where
 * what it is about is first used, by a {@link io.memkind.settings.SettingException} or as the reason for which a kind is not
 * available; everything else goes on. An empty value is a value like any other: as in the C library it is no nodes in
 * a list of nodes, and 0 where a number is asked for; elsewhere it is refused.
 *
 * <p>The C library reads its variables by secure_getenv(3), so that a program with the set-user-ID bit does not heed them.
 * A JVM is not started that way, and System.getenv makes no such difference: here variables always count.
 */
@NullMarked
package io.memkind.settings;

import org.jspecify.annotations.NullMarked;
