package dev.dl.training.optimizer;

import dev.dl.core.kernel.update.LionStep;
import dev.dl.core.kernel.update.Range;
import dev.dl.core.kernel.update.UpdateKernels;
import java.util.List;

/** The sign of a momentum (Chen et al. 2023, https://arxiv.org/abs/2302.06675). */
record Lion(double beta1, double beta2, double weightDecay) implements UpdateRule {
  @Override
  public List<String> stateNames() {
    return List.of("momentum");
  }

  @Override
  public Lion withoutDecay() {
    return new Lion(beta1, beta2, 0);
  }

  @Override
  public void apply(UpdateKernels kernels, Buffers buffers, Range range, Position position) {
    kernels.lion(
        buffers.parameters(),
        buffers.gradient(),
        buffers.state().get(0),
        range,
        new LionStep(position.learningRate(), beta1, beta2, weightDecay, position.gradientScale()));
  }
}
