/** How a machine's memory is shown. Depends on the packages {@code json} and {@code text} only. */
@NullMarked
package io.memkind.cli.topology;

import org.jspecify.annotations.NullMarked;
