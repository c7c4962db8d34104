package dev.dl.training.optimizer;

import dev.dl.core.kernel.update.AdamStep;
import dev.dl.core.kernel.update.Range;
import dev.dl.core.kernel.update.UpdateKernels;
import dev.dl.core.kernel.update.WeightDecay;
import java.util.List;

/** Adam as {@code torch.optim.Adam}; with decoupled decay, {@code torch.optim.AdamW}. */
record Adam(double beta1, double beta2, double epsilon, WeightDecay decay) implements UpdateRule {
  @Override
  public List<String> stateNames() {
    return List.of("firstMoment", "secondMoment");
  }

  @Override
  public Adam withoutDecay() {
    return new Adam(beta1, beta2, epsilon, WeightDecay.NONE);
  }

  @Override
  public void apply(UpdateKernels kernels, Buffers buffers, Range range, Position position) {
    kernels.adam(
        buffers.parameters(),
        buffers.gradient(),
        buffers.state().get(0),
        buffers.state().get(1),
        range,
        new AdamStep(
            position.learningRate(),
            beta1,
            beta2,
            epsilon,
            decay,
            position.step(),
            position.gradientScale()));
  }
}
