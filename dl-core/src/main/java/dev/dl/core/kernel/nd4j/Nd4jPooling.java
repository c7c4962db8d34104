package dev.dl.core.kernel.nd4j;

import dev.dl.core.kernel.PoolingGeometry;
import dev.dl.core.kernel.PoolingKernel;
import dev.dl.core.kernel.Window;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;

/** Pooling by ND4J's {@code maxpool2d} and {@code avgpool2d}. */
record Nd4jPooling(PoolingGeometry geometry) implements PoolingKernel {
  private static final int EXPLICIT_PADDING = 0;
  private static final int INCLUDE_PADDING_IN_MEAN = 1;
  private static final int CHANNELS_FIRST = 0;

  @Override
  public void forward(INDArray input, INDArray output, boolean training) {
    Nd4j.exec(
        DynamicCustomOp.builder(name())
            .addInputs(input)
            .addOutputs(output)
            .addIntegerArguments(arguments())
            .build());
  }

  @Override
  public void backward(INDArray input, INDArray outputGradient, INDArray inputGradient) {
    Nd4j.exec(
        DynamicCustomOp.builder(name() + "_bp")
            .addInputs(input, outputGradient)
            .addOutputs(inputGradient)
            .addIntegerArguments(arguments())
            .build());
  }

  private String name() {
    return geometry.average() ? "avgpool2d" : "maxpool2d";
  }

  private int[] arguments() {
    Window window = geometry.window();
    return new int[] {
      window.size(),
      window.size(),
      window.rowStride(),
      window.columnStride(),
      window.padding(),
      window.padding(),
      window.dilation(),
      window.dilation(),
      EXPLICIT_PADDING,
      INCLUDE_PADDING_IN_MEAN,
      CHANNELS_FIRST
    };
  }
}
