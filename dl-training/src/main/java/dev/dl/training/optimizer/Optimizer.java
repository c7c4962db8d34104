package dev.dl.training.optimizer;

import dev.dl.core.kernel.DenseArrays;
import dev.dl.core.kernel.update.Parameters;
import dev.dl.core.kernel.update.Range;
import dev.dl.core.kernel.update.UpdateKernels;
import dev.dl.training.optimizer.UpdateRule.Buffers;
import dev.dl.training.optimizer.UpdateRule.Position;
import dev.dl.training.spec.OptimizerSpec;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * An update rule together with its state: what a gradient does to the flat parameter vector.
 *
 * <p>The state is the number of steps taken and, for each name of {@link #state}, a vector as long
 * as the parameters. Not for use by several threads at once.
 */
public final class Optimizer {
  private final UpdateRule rule;
  private final List<ParameterRange> ranges;
  private final UpdateKernels kernels;
  private final Map<String, INDArray> state;
  private long stepCount;

  private Optimizer(
      UpdateRule rule,
      List<ParameterRange> ranges,
      UpdateKernels kernels,
      Map<String, INDArray> state) {
    this.rule = rule;
    this.ranges = ranges;
    this.kernels = kernels;
    this.state = state;
  }

  /**
   * An optimizer of float32 parameters before its first step.
   *
   * @param ranges what is trained, ascending and without overlap
   * @param parameterCount length of the flat parameter vector
   */
  public static Optimizer of(
      OptimizerSpec spec, List<ParameterRange> ranges, long parameterCount, UpdateKernels kernels) {
    return of(spec, ranges, parameterCount, kernels, DataType.FLOAT);
  }

  static Optimizer of(
      OptimizerSpec spec,
      List<ParameterRange> ranges,
      long parameterCount,
      UpdateKernels kernels,
      DataType type) {
    UpdateRule rule = UpdateRule.of(spec);
    Map<String, INDArray> state = new LinkedHashMap<>();
    for (String name : rule.stateNames()) {
      state.put(name, DenseArrays.allocate(type, parameterCount));
    }
    return new Optimizer(rule, ParameterRange.joined(ranges, parameterCount), kernels, state);
  }

  /**
   * Euclidean norm of the gradient over what the next step trains, before any scaling.
   *
   * @return NaN or infinity if the gradient has one
   */
  public double gradientNorm(INDArray gradient) {
    List<Range> moving =
        ranges.stream()
            .filter(range -> !range.pace().waits(stepCount))
            .map(ParameterRange::range)
            .toList();
    return Math.sqrt(kernels.squaredNorm(gradient, moving));
  }

  /**
   * Takes one step: updates the parameters, the state and the average, in place.
   *
   * @param parameters their values and, if one is kept, the average, which moves in the same pass
   * @param gradient dense, of the same length, left as it is
   * @param learningRate of this step, the schedule's factor included
   * @param gradientScale what the gradient is multiplied by: the mean over the batch and clipping
   */
  public void step(
      Parameters parameters, INDArray gradient, double learningRate, double gradientScale) {
    Buffers buffers = new Buffers(parameters, gradient, List.copyOf(state.values()));
    for (ParameterRange range : ranges) {
      Pace pace = range.pace();
      if (!pace.waits(stepCount)) {
        UpdateRule rangeRule = range.decayed() ? rule : rule.withoutDecay();
        long step = stepCount - pace.start() + 1; // its own, as Adam corrects the bias of few steps
        Position position = new Position(step, learningRate * pace.rate(), gradientScale);
        rangeRule.apply(kernels, buffers, range.range(), position);
      }
    }
    stepCount++;
  }

  /** Steps taken since the beginning of the run. */
  public long stepCount() {
    return stepCount;
  }

  /** The live vectors of state by name, shape [parameters], to be read between steps. */
  public Map<String, INDArray> state() {
    return Collections.unmodifiableMap(state);
  }

  /** Continues where another optimizer of the same kind was: copies its state. */
  public void load(Map<String, INDArray> saved, long savedStepCount) {
    if (!saved.keySet().equals(state.keySet())) {
      throw new IllegalArgumentException(
          "optimizer state: got %s, expected %s".formatted(saved.keySet(), state.keySet()));
    }
    saved.forEach(
        (name, values) -> {
          long expected = state.get(name).length();
          if (values.length() != expected) {
            throw new IllegalArgumentException(
                "optimizer state %s: got %d values, expected %d"
                    .formatted(name, values.length(), expected));
          }
        });
    saved.forEach((name, values) -> state.get(name).assign(values.reshape(values.length())));
    stepCount = savedStepCount;
  }
}
