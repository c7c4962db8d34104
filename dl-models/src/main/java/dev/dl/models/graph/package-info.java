/**
 * A network as data: an {@link dev.dl.models.graph.Architecture} turns what a sample is into a
 * {@link dev.dl.models.graph.Graph} of layers. Nothing here needs ND4J; running a graph is the
 * business of {@code network}.
 */
package dev.dl.models.graph;
