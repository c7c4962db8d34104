package dev.dl.models.layer;

import dev.dl.core.data.image.ImageShape;
import dev.dl.core.kernel.DenseArrays;
import dev.dl.core.random.CounterRandom;
import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A residual branch of images that is left out for some samples (Huang et al. 2016,
 * https://arxiv.org/abs/1603.09382): in training, a whole sample is zero with probability {@code
 * rate}, else divided by {@code 1 - rate}; outside of it, nothing changes.
 */
public record StochasticDepth(double rate) implements Layer {

  public StochasticDepth {
    if (!(rate >= 0 && rate < 1)) {
      throw new IllegalArgumentException(
          "stochastic depth rate: got " + rate + ", expected at least 0 and below 1");
    }
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    return Shape.of(inputs.get(0).image());
  }

  @Override
  public Operation operation(OperationContext context) {
    ImageShape image = context.inputs().get(0).image();
    return new Operation() {
      private INDArray factors;

      @Override
      public INDArray forward(INDArray[] inputs, boolean training, Memory memory) {
        if (!training) {
          return inputs[0];
        }
        INDArray output = memory.activation(inputs[0].shape());
        factors = memory.activation(inputs[0].size(0), image.channels());
        DenseArrays.write(factors(Math.toIntExact(inputs[0].size(0))), factors);
        context.kernels().scaleChannels(image, inputs[0], factors, output);
        return output;
      }

      /** The same for all channels of a sample, a function of (seed, stream, sample). */
      private float[] factors(int batch) {
        int channels = image.channels();
        float[] values = new float[batch * channels];
        for (int n = 0; n < batch; n++) {
          boolean kept = CounterRandom.uniform(context.seed(), context.stream(), n) >= rate;
          float factor = kept ? (float) (1 / (1 - rate)) : 0;
          Arrays.fill(values, n * channels, (n + 1) * channels, factor);
        }
        return values;
      }

      @Override
      public INDArray[] backward(INDArray outputGradient, Memory memory) {
        INDArray inputGradient = memory.gradient(outputGradient.shape());
        context.kernels().scaleChannels(image, outputGradient, factors, inputGradient);
        return new INDArray[] {inputGradient};
      }
    };
  }
}
