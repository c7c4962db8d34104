package dev.dl.models.layer;

import dev.dl.core.data.image.ImageShape;
import dev.dl.core.kernel.DenseArrays;
import dev.dl.core.random.CounterRandom;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A residual branch that is left out for some samples (Huang et al. 2016,
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
    return inputs.get(0);
  }

  @Override
  public Operation operation(OperationContext context) {
    return new Operation() {
      private INDArray factors;

      @Override
      public INDArray forward(INDArray[] inputs, boolean training, Memory memory) {
        if (!training) {
          return inputs[0];
        }
        factors = memory.activation(inputs[0].size(0), 1);
        DenseArrays.write(factors(Math.toIntExact(inputs[0].size(0))), factors);
        INDArray output = memory.activation(inputs[0].shape());
        scale(inputs[0], output);
        return output;
      }

      /** A function of (seed, stream, sample). */
      private float[] factors(int batch) {
        float[] values = new float[batch];
        long first = context.firstSample();
        for (int n = 0; n < batch; n++) {
          boolean kept = CounterRandom.uniform(context.seed(), context.stream(), first + n) >= rate;
          values[n] = kept ? (float) (1 / (1 - rate)) : 0;
        }
        return values;
      }

      /** Each sample as an image of one channel, the same in any layout. */
      private void scale(INDArray input, INDArray output) {
        ImageShape sample = new ImageShape(1, 1, (int) (input.length() / input.size(0)));
        context.kernels().scaleChannels(sample, input, factors, output);
      }

      @Override
      public INDArray[] backward(INDArray outputGradient, Memory memory) {
        INDArray gradient = memory.gradientFrom(outputGradient);
        scale(gradient, gradient);
        return new INDArray[] {gradient};
      }
    };
  }
}
