/** Writing JSON. Depends on nothing else of this module. */
@NullMarked
package io.memkind.cli.json;

import org.jspecify.annotations.NullMarked;
