package dev.dl.models.layer;

import dev.dl.core.kernel.DropoutMask;
import dev.dl.core.kernel.Kernels;
import java.util.List;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What an operation knows of its place in the network. */
public interface OperationContext {

  Kernels kernels();

  /** The shapes of one sample of each input. */
  List<Shape> inputs();

  /** Whether anything before this layer is trained, so that the gradient of its input is needed. */
  boolean inputGradientNeeded();

  /** The values of a parameter, in the shape that the layer gave. */
  INDArray parameter(String name);

  /** Whether a parameter is trained. */
  boolean trains(String name);

  /** Whether the layer has parameters, and none of them is trained. */
  boolean frozen();

  /**
   * Where the gradient of a parameter goes: the sum over the samples of the batch. {@code null}
   * where the layer is frozen.
   */
  INDArray gradient(String name);

  /**
   * The values of {@code first} and of the parameters that the layer gave after it, as one array of
   * this shape.
   */
  INDArray parametersFrom(String first, long... shape);

  /** The gradients that belong to {@link #parametersFrom}; {@code null} where it is frozen. */
  INDArray gradientsFrom(String first, long... shape);

  /** The values of a buffer. */
  INDArray buffer(String name);

  /** The place of the layer that this one {@link Layer#folds folds} in, if it does. */
  default Optional<Folded> folded() {
    return Optional.empty();
  }

  /** A layer that does not run outside of training, for the one before it does its work. */
  record Folded(Layer layer, OperationContext context) {}

  /**
   * What this network remembers of the text that it reads the next part of; empty where every pass
   * reads whole samples.
   */
  default Optional<Past> past() {
    return Optional.empty();
  }

  /** The seed of the run. */
  long seed();

  /**
   * A number that is different for each layer and step: the stream of random numbers to use now.
   */
  long stream();

  /** How many samples of the batch came before this micro-batch. */
  default long firstSample() {
    return 0;
  }

  /** What dropout does in this pass: nothing outside of training. */
  default DropoutMask dropout(double rate, boolean training) {
    return training ? new DropoutMask(rate, seed(), stream(), firstSample()) : DropoutMask.NONE;
  }
}
