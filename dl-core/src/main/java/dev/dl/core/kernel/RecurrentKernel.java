package dev.dl.core.kernel;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A recurrent layer over whole sequences, starting from a state of zeros. Inputs are {@code [batch,
 * length, inputs]}, outputs {@code [batch, length, directions · hidden]}, the mask {@code [batch,
 * length]} of ones and zeros or {@code null}.
 *
 * <p>A direction passes over the positions whose mask is one and skips the others, whose outputs
 * are zero: a sequence padded at its end has the outputs that it would have alone, in both
 * directions. A backward pass belongs to the latest training forward pass.
 */
public interface RecurrentKernel {

  /**
   * The outputs of all positions.
   *
   * @param weights of each direction
   */
  void forward(
      INDArray input,
      INDArray mask,
      List<RecurrentWeights> weights,
      INDArray output,
      boolean training);

  /**
   * The gradients of a training forward pass.
   *
   * @param inputGradient written; {@code null} when nobody needs it
   * @param weightGradients written, of each direction
   */
  void backward(
      INDArray input,
      INDArray mask,
      List<RecurrentWeights> weights,
      INDArray output,
      INDArray outputGradient,
      INDArray inputGradient,
      List<RecurrentWeights> weightGradients);
}
