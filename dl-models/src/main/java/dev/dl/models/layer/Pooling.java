package dev.dl.models.layer;

import dev.dl.core.kernel.PoolingGeometry;
import dev.dl.core.kernel.PoolingKernel;
import dev.dl.core.kernel.Window;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The maximum or the mean of a window that moves over each channel.
 *
 * @param average the mean, padding included, rather than the maximum
 */
public record Pooling(boolean average, Window window) implements Layer {

  /** The maximum of neighbouring windows that do not overlap. */
  public static Pooling maximum(int kernel) {
    return new Pooling(false, Window.tiles(kernel));
  }

  /** The mean of neighbouring windows that do not overlap. */
  public static Pooling average(int kernel) {
    return new Pooling(true, Window.tiles(kernel));
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    return Shape.of(geometry(inputs).output());
  }

  @Override
  public Operation operation(OperationContext context) {
    return new Running(context, geometry(context.inputs()));
  }

  private PoolingGeometry geometry(List<Shape> inputs) {
    return new PoolingGeometry(inputs.get(0).image(), average, window);
  }

  private static final class Running implements Operation {
    private final OperationContext context;
    private final PoolingGeometry geometry;
    private final PoolingKernel pooling;
    private INDArray input;

    Running(OperationContext context, PoolingGeometry geometry) {
      this.context = context;
      this.geometry = geometry;
      this.pooling = context.kernels().pooling(geometry);
    }

    @Override
    public INDArray forward(INDArray[] inputs, boolean training, Memory memory) {
      input = inputs[0];
      INDArray output =
          memory.activation(
              context.kernels().layout().arrayShape(input.size(0), geometry.output()));
      pooling.forward(input, output, training);
      return output;
    }

    @Override
    public INDArray[] backward(INDArray outputGradient, Memory memory) {
      if (!context.inputGradientNeeded()) {
        return new INDArray[] {null};
      }
      INDArray inputGradient = memory.gradient(input.shape());
      pooling.backward(input, outputGradient, inputGradient);
      return new INDArray[] {inputGradient};
    }
  }
}
