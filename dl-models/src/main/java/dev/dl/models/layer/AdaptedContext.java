package dev.dl.models.layer;

import dev.dl.core.kernel.Kernels;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The place of the layer that is adapted: it computes no gradients where its weights stay. */
record AdaptedContext(OperationContext place, Layer base) implements OperationContext {
  @Override
  public Kernels kernels() {
    return place.kernels();
  }

  @Override
  public List<Shape> inputs() {
    return place.inputs();
  }

  @Override
  public boolean inputGradientNeeded() {
    return place.inputGradientNeeded();
  }

  @Override
  public INDArray parameter(String name) {
    return place.parameter(name);
  }

  @Override
  public boolean trains(String name) {
    return place.trains(name);
  }

  @Override
  public boolean frozen() {
    return base.parameters(inputs()).stream().map(Parameter::name).noneMatch(place::trains);
  }

  @Override
  public INDArray gradient(String name) {
    return frozen() ? null : place.gradient(name);
  }

  @Override
  public INDArray parametersFrom(String first, long... shape) {
    return place.parametersFrom(first, shape);
  }

  @Override
  public INDArray gradientsFrom(String first, long... shape) {
    return frozen() ? null : place.gradientsFrom(first, shape);
  }

  @Override
  public INDArray buffer(String name) {
    return place.buffer(name);
  }

  @Override
  public long seed() {
    return place.seed();
  }

  @Override
  public long stream() {
    return place.stream();
  }

  @Override
  public long firstSample() {
    return place.firstSample();
  }
}
