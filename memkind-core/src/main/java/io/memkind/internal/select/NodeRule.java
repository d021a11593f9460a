package io.memkind.internal.select;

import io.memkind.topology.NodeOverrides;
import io.memkind.topology.Topology;

/**
 * How the nodes of a kind are chosen, among the nodes with memory that this process may use. An <em>initiator</em> is a
 * node with processors; where a rule looks from each initiator, a thread's memory depends on the node it runs on.
 *
 * <table class="striped">
 *   <caption>The rules</caption>
 *   <thead><tr><th scope="col">rule</th><th scope="col">targets</th><th scope="col">from each initiator</th>
 *       <th scope="col">on a tie</th></tr></thead>
 *   <tbody>
 *     <tr><th scope="row">ANY</th><td>all; nothing is bound</td><td>no</td><td></td></tr>
 *     <tr><th scope="row">WITH_PROCESSORS</th><td>nodes with processors</td><td>no</td><td></td></tr>
 *     <tr><th scope="row">ALLOWED</th><td>all</td><td>no</td><td></td></tr>
 *     <tr><th scope="row">HBW, DAX_KMEM</th><td>of the source's nodes the closest</td><td>yes</td><td>all</td></tr>
 *     <tr><th scope="row">…_SINGLE</th><td>the same</td><td>yes</td><td>RUNTIME</td></tr>
 *     <tr><th scope="row">…_ALL</th><td>the source's nodes</td><td>yes</td><td></td></tr>
 *     <tr><th scope="row">HIGHEST_CAPACITY</th><td>the largest</td><td>no</td><td>all</td></tr>
 *     <tr><th scope="row">HIGHEST_CAPACITY_SINGLE</th><td>the largest</td><td>no</td>
 *         <td>MEMTYPE_NOT_AVAILABLE</td></tr>
 *     <tr><th scope="row">LOCAL_CAPACITY</th><td>the largest local node</td><td>yes</td><td>the farther one</td></tr>
 *     <tr><th scope="row">LOCAL_LATENCY</th><td>the local node of least latency</td><td>yes</td>
 *         <td>the smaller one</td></tr>
 *     <tr><th scope="row">LOCAL_BANDWIDTH</th><td>the local node of most bandwidth</td><td>yes</td>
 *         <td>the smaller one</td></tr>
 *   </tbody>
 * </table>
 *
 * <p>The source of HBW is the user's list; else, on a Xeon Phi, the nodes without processors; else, for each initiator, the
 * nodes whose bandwidth reaches the threshold. The source of DAX_KMEM is the user's list; else the nodes of DAX devices in
 * use as system memory.
 */
public enum NodeRule implements NodeChoice {
    /** Whatever the kernel takes. */
    ANY,
    /** All nodes with processors. */
    WITH_PROCESSORS,
    /** All nodes that the process may use. */
    ALLOWED,
    /** The closest high-bandwidth nodes. */
    HBW,
    /** The one closest high-bandwidth node. */
    HBW_SINGLE,
    /** All high-bandwidth nodes that are told for an initiator. */
    HBW_ALL,
    /** The closest nodes of DAX memory. */
    DAX_KMEM,
    /** The one closest node of DAX memory. */
    DAX_KMEM_SINGLE,
    /** All nodes of DAX memory. */
    DAX_KMEM_ALL,
    /** The largest nodes of the machine. */
    HIGHEST_CAPACITY,
    /** The one largest node of the machine. */
    HIGHEST_CAPACITY_SINGLE,
    /** The largest of an initiator's local nodes. */
    LOCAL_CAPACITY,
    /** That of an initiator's local nodes with the least latency. */
    LOCAL_LATENCY,
    /** That of an initiator's local nodes with the most bandwidth. */
    LOCAL_BANDWIDTH;

    @Override
    public Selection select(Topology topology, NodeOverrides overrides) {
        return NodeSelector.select(this, topology, overrides);
    }

    @Override
    public boolean isHighBandwidth() {
        return this == HBW || this == HBW_SINGLE || this == HBW_ALL;
    }

    @Override
    public boolean needsSpeeds() {
        return isHighBandwidth() || this == LOCAL_LATENCY || this == LOCAL_BANDWIDTH;
    }

    @Override
    public boolean isDaxKmem() {
        return this == DAX_KMEM || this == DAX_KMEM_SINGLE || this == DAX_KMEM_ALL;
    }
}
