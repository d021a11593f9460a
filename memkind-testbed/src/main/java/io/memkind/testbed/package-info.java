/**
 * Allocates from every kind, from processors of every node, and compares where the memory is with what an expectation file
 * says. Runs in the virtual machines of {@code testbed/}; the parts are tested on any machine.
 */
@NullMarked
package io.memkind.testbed;

import org.jspecify.annotations.NullMarked;
