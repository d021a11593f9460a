/** Text for people: tables, sizes, a progress bar. Depends on nothing else of this module. */
@NullMarked
package io.memkind.cli.text;

import org.jspecify.annotations.NullMarked;
