/**
 * The words in which memory is asked for: which sort, under which policy, in which pages. Enumerations only.
 */
@NullMarked
package io.memkind.attribute;

import org.jspecify.annotations.NullMarked;
