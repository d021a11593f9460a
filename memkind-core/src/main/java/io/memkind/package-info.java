/**
 * Heaps over kinds of memory.
 *
 * <p>A {@link io.memkind.MemoryKind} is memory with chosen attributes and a heap over it; {@link io.memkind.Kinds} has the
 * ones that every program can use. Memory comes as {@link java.lang.foreign.MemorySegment}s, through {@link
 * java.lang.foreign.Arena}s over a kind, or as raw addresses.
 *
 * <p>The rules that hold throughout:
 *
 * <table class="striped">
 *   <caption>One rule for each case</caption>
 *   <thead><tr><th scope="col">case</th><th scope="col">what happens</th></tr></thead>
 *   <tbody>
 *     <tr><th scope="row">size 0</th><td>served as size 1: a block of its own, to be freed as any other</td></tr>
 *     <tr><th scope="row">negative size or count, alignment that is no power of two, count × size above 2<sup>63</sup>-1</th>
 *         <td>{@link java.lang.IllegalArgumentException} that names the value; nothing has changed</td></tr>
 *     <tr><th scope="row">no memory, limit reached, size beyond the address space</th>
 *         <td>{@link io.memkind.KindExhaustedException}; nothing has changed</td></tr>
 *     <tr><th scope="row">free, resize or size query of what is not the start of a live block of the kind</th>
 *         <td>{@link io.memkind.InvalidAddressException} that says what is there; nothing has changed</td></tr>
 *     <tr><th scope="row">free of address 0</th><td>nothing, as free(3)</td></tr>
 *     <tr><th scope="row">allocation from a closed kind</th><td>{@link java.lang.IllegalStateException}; its old addresses are not live blocks</td></tr>
 *   </tbody>
 * </table>
 */
@NullMarked
package io.memkind;

import org.jspecify.annotations.NullMarked;
