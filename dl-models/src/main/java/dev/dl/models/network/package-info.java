/**
 * Networks that run: a {@link dev.dl.models.graph.Graph} as a Deeplearning4j {@code
 * ComputationGraph} of op-backed vertices. The only package that knows Deeplearning4j; its
 * updaters, listeners, serializers and evaluation are not used.
 */
package dev.dl.models.network;
