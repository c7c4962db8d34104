package dev.dl.models.layer;

import dev.dl.core.data.image.ImageShape;
import dev.dl.core.kernel.DenseArrays;
import dev.dl.core.kernel.Kernels;
import dev.dl.core.kernel.Layout;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** One layer on the bench: its operation with arrays of its own, fed and read channels first. */
final class Bench implements OperationContext, Memory {
  private final Kernels kernels;
  private final List<Shape> inputs;
  private final ParameterArrays parameters;
  private final ParameterArrays gradients;
  private final ParameterArrays buffers;
  private boolean overwrites;

  Bench(Kernels kernels, Layer layer, Shape... inputs) {
    this.kernels = kernels;
    this.inputs = List.of(inputs);
    this.parameters = allocate(layer.parameters(this.inputs));
    this.gradients = allocate(layer.parameters(this.inputs));
    this.buffers = allocate(layer.buffers(this.inputs));
  }

  /** Lets outputs be written over inputs, outside of training: nothing else reads them. */
  void overwriteInputs() {
    overwrites = true;
  }

  /** Not a number until written. */
  private ParameterArrays allocate(List<Parameter> list) {
    long total = list.stream().mapToLong(Parameter::length).sum();
    return new ParameterArrays(list, activation(Math.max(1, total)));
  }

  /** Values in PyTorch's order as an array of the kernels' layout. */
  INDArray array(float[] values, long batch, Shape shape) {
    if (!shape.isImage()) {
      INDArray array = DenseArrays.allocate(kernels.dataType(), shape.arrayShape(batch));
      DenseArrays.write(values, array);
      return array;
    }
    INDArray array =
        DenseArrays.allocate(kernels.dataType(), kernels.layout().arrayShape(batch, shape.image()));
    kernels.layout().write(values, shape.image(), array);
    return array;
  }

  /** An array of the kernels' layout in PyTorch's order. */
  float[] values(INDArray array, Shape shape) {
    float[] values = DenseArrays.read(array);
    if (!shape.isImage() || kernels.layout() == Layout.CHANNELS_FIRST) {
      return values;
    }
    ImageShape image = shape.image();
    int pixels = image.height() * image.width();
    float[] result = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      int channel = i % image.channels();
      int pixel = i / image.channels() % pixels;
      int sample = i / image.size();
      result[sample * image.size() + channel * pixels + pixel] = values[i];
    }
    return result;
  }

  boolean has(String parameter) {
    return parameters.get(parameter) != null;
  }

  void set(String parameter, float[] values) {
    DenseArrays.write(values, parameters.get(parameter));
  }

  float[] gradientValues(String parameter) {
    return DenseArrays.read(gradients.get(parameter));
  }

  float[] bufferValues(String buffer) {
    return DenseArrays.read(buffers.get(buffer));
  }

  void setBuffer(String buffer, float[] values) {
    DenseArrays.write(values, buffers.get(buffer));
  }

  @Override
  public INDArray activation(long... shape) {
    return DenseArrays.allocate(kernels.dataType(), shape).assign(Float.NaN);
  }

  @Override
  public INDArray activationOver(INDArray input, boolean training) {
    return !training && overwrites ? input : activation(input.shape());
  }

  @Override
  public INDArray gradient(long... shape) {
    return activation(shape);
  }

  /** In place, as a step has it. */
  @Override
  public INDArray gradientFrom(INDArray outputGradient) {
    return outputGradient;
  }

  @Override
  public Kernels kernels() {
    return kernels;
  }

  @Override
  public List<Shape> inputs() {
    return inputs;
  }

  @Override
  public boolean inputGradientNeeded() {
    return true;
  }

  @Override
  public boolean trains(String name) {
    return true;
  }

  @Override
  public boolean frozen() {
    return false;
  }

  @Override
  public INDArray parameter(String name) {
    return parameters.get(name);
  }

  @Override
  public INDArray gradient(String name) {
    return gradients.get(name);
  }

  @Override
  public INDArray parametersFrom(String first, long... shape) {
    return parameters.from(first, shape);
  }

  @Override
  public INDArray gradientsFrom(String first, long... shape) {
    return gradients.from(first, shape);
  }

  @Override
  public INDArray buffer(String name) {
    return buffers.get(name);
  }

  @Override
  public long seed() {
    return 7;
  }

  @Override
  public long stream() {
    return 11;
  }
}
