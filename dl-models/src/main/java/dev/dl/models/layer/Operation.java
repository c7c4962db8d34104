package dev.dl.models.layer;

import org.nd4j.linalg.api.ndarray.INDArray;

/** A layer that runs. A backward pass belongs to the latest forward pass with {@code training}. */
public interface Operation {

  /**
   * The output for a batch.
   *
   * @param inputs one array an input of the layer
   * @return a new array from {@code memory}; outside of training, an operation that changes nothing
   *     may return its only input
   */
  INDArray forward(INDArray[] inputs, boolean training, Memory memory);

  /**
   * The gradients of the latest training forward pass; those of parameters are written into the
   * context's arrays.
   *
   * @param outputGradient may be changed in place
   * @return new arrays from {@code memory}, one an input; {@code null} where nothing before that
   *     input is trained, as with ids and masks
   */
  INDArray[] backward(INDArray outputGradient, Memory memory);
}
