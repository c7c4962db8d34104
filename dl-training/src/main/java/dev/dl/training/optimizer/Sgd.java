package dev.dl.training.optimizer;

import dev.dl.core.kernel.update.Range;
import dev.dl.core.kernel.update.SgdStep;
import dev.dl.core.kernel.update.UpdateKernels;
import dev.dl.core.kernel.update.WeightDecay;
import java.util.List;

/** Stochastic gradient descent with momentum, as {@code torch.optim.SGD} without dampening. */
record Sgd(double momentum, boolean nesterov, WeightDecay decay) implements UpdateRule {
  @Override
  public List<String> stateNames() {
    return List.of("momentum");
  }

  @Override
  public Sgd withoutDecay() {
    return new Sgd(momentum, nesterov, WeightDecay.NONE);
  }

  @Override
  public void apply(UpdateKernels kernels, Buffers buffers, Range range, Position position) {
    kernels.sgd(
        buffers.parameters(),
        buffers.gradient(),
        buffers.state().get(0),
        range,
        new SgdStep(position.learningRate(), momentum, nesterov, decay, position.gradientScale()));
  }
}
