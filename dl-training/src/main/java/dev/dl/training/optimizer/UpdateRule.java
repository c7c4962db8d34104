package dev.dl.training.optimizer;

import dev.dl.core.kernel.update.Parameters;
import dev.dl.core.kernel.update.Range;
import dev.dl.core.kernel.update.UpdateKernels;
import dev.dl.core.kernel.update.WeightDecay;
import dev.dl.training.spec.OptimizerSpec;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** How one gradient changes parameters and state; immutable, the state is the caller's. */
interface UpdateRule {
  /** The rule that a configuration names. */
  static UpdateRule of(OptimizerSpec spec) {
    return switch (spec.name()) {
      case SGD -> new Sgd(spec.momentum(), spec.nesterov(), decay(spec, false));
      case ADAM -> new Adam(spec.beta1(), spec.beta2(), spec.epsilon(), decay(spec, false));
      case ADAMW -> new Adam(spec.beta1(), spec.beta2(), spec.epsilon(), decay(spec, true));
      case LION -> new Lion(spec.beta1(), spec.beta2(), spec.weightDecay());
    };
  }

  /** The vectors of state, by the names they have in checkpoints; all begin as zeros. */
  List<String> stateNames();

  /** The same rule for parameters that do not decay. */
  UpdateRule withoutDecay();

  /** Updates parameters and state inside the range, in place. */
  void apply(UpdateKernels kernels, Buffers buffers, Range range, Position position);

  /**
   * The vectors of a step, all of one length.
   *
   * @param state in the order of {@link #stateNames}
   */
  record Buffers(Parameters parameters, INDArray gradient, List<INDArray> state) {}

  /**
   * Where in the training of a range a step is.
   *
   * @param step counted from 1
   * @param learningRate of this step and range
   * @param gradientScale what the gradient is multiplied by first
   */
  record Position(long step, double learningRate, double gradientScale) {}

  private static WeightDecay decay(OptimizerSpec spec, boolean decoupled) {
    return new WeightDecay(spec.weightDecay(), decoupled);
  }
}
