package dev.dl.core.kernel;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The weights of one direction of a recurrent layer, or their gradients, as PyTorch lays them out.
 *
 * @param input {@code [gates · hidden, inputs]}, the gates in the order of the {@link
 *     RecurrentCell}
 * @param hidden {@code [gates · hidden, hidden]}
 * @param inputBias {@code [gates · hidden]}
 * @param hiddenBias {@code [gates · hidden]}
 */
public record RecurrentWeights(
    INDArray input, INDArray hidden, INDArray inputBias, INDArray hiddenBias) {}
