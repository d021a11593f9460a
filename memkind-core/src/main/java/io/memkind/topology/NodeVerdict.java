package io.memkind.topology;

/**
 * What sort of memory a node has, and what tells so.
 *
 * @param node id of the node
 * @param nodeClass the sort
 * @param reason the evidence, one phrase without a full stop
 */
public record NodeVerdict(int node, NodeClass nodeClass, String reason) {}
