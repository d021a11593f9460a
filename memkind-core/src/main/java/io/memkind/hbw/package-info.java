/**
 * High-bandwidth memory by one policy for the process: the interface of hbwmalloc of the C library.
 *
 * <p>{@link io.memkind.hbw.Hbw} is for programs that want high-bandwidth memory if there is some, and do not care which kind
 * it is. Those that do take the kinds themselves, {@link io.memkind.Kinds#HBW} and its like.
 *
 * <table class="striped">
 *   <caption>From the C library</caption>
 *   <thead><tr><th scope="col">there</th><th scope="col">here</th></tr></thead>
 *   <tbody>
 *     <tr><th scope="row">{@code hbw_get_policy}, {@code hbw_set_policy}</th>
 *         <td>{@link io.memkind.hbw.Hbw#policy}, {@link io.memkind.hbw.Hbw#setPolicy}</td></tr>
 *     <tr><th scope="row">{@code hbw_check_available}</th><td>{@link io.memkind.hbw.Hbw#availability}</td></tr>
 *     <tr><th scope="row">{@code hbw_malloc}, {@code hbw_calloc}, {@code hbw_realloc}, {@code hbw_free}</th>
 *         <td>the methods of the same name</td></tr>
 *     <tr><th scope="row">{@code hbw_posix_memalign}, {@code hbw_posix_memalign_psize}</th>
 *         <td>{@link io.memkind.hbw.Hbw#memalign(long, long)}, {@link
 *         io.memkind.hbw.Hbw#memalign(long, long, HbwPageSize)}</td></tr>
 *     <tr><th scope="row">{@code hbw_malloc_usable_size}</th><td>{@link io.memkind.hbw.Hbw#usableSize}</td></tr>
 *     <tr><th scope="row">{@code hbw_verify_memory_region}</th><td>{@link io.memkind.hbw.Hbw#verify}</td></tr>
 *   </tbody>
 * </table>
 */
@NullMarked
package io.memkind.hbw;

import org.jspecify.annotations.NullMarked;
