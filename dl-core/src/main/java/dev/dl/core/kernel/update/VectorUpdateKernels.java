package dev.dl.core.kernel.update;

import static dev.dl.core.kernel.update.NativeFloats.load;
import static dev.dl.core.kernel.update.NativeFloats.store;

import dev.dl.core.kernel.DenseArrays;
import dev.dl.core.kernel.Parallel;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The steps of optimizers by the Vector API, straight on native memory: bit for bit those of {@link
 * JavaUpdateKernels}, without its copies. Only where there is the {@link VectorApi}.
 */
final class VectorUpdateKernels implements UpdateKernels {
  /** Floats of a task, which stay in a second-level cache until their average follows. */
  private static final int TASK = 1 << 15;

  private final Parallel parallel;
  private final JavaUpdateKernels arrays;

  VectorUpdateKernels(Parallel parallel) {
    this.parallel = parallel;
    this.arrays = new JavaUpdateKernels(parallel);
  }

  @Override
  public double squaredNorm(INDArray gradient, Range range) {
    return arrays.squaredNorm(gradient, range);
  }

  @Override
  public void sgd(
      Parameters parameters, INDArray gradient, INDArray momentum, Range range, SgdStep step) {
    Range rest =
        run(
            range,
            parameters,
            (memory, from, to) -> sgd(memory[1], memory[2], memory[0], from, to, step),
            Operands.vectors(parameters, gradient, momentum));
    if (rest.length() > 0) {
      arrays.sgd(parameters, gradient, momentum, rest, step);
    }
  }

  @Override
  public void adam(
      Parameters parameters,
      INDArray gradient,
      INDArray firstMoment,
      INDArray secondMoment,
      Range range,
      AdamStep step) {
    Range rest =
        run(
            range,
            parameters,
            (memory, from, to) -> adam(memory[1], memory[2], memory[3], memory[0], from, to, step),
            Operands.vectors(parameters, gradient, firstMoment, secondMoment));
    if (rest.length() > 0) {
      arrays.adam(parameters, gradient, firstMoment, secondMoment, rest, step);
    }
  }

  @Override
  public void lion(
      Parameters parameters, INDArray gradient, INDArray momentum, Range range, LionStep step) {
    Range rest =
        run(
            range,
            parameters,
            (memory, from, to) -> lion(memory[1], memory[2], memory[0], from, to, step),
            Operands.vectors(parameters, gradient, momentum));
    if (rest.length() > 0) {
      arrays.lion(parameters, gradient, momentum, rest, step);
    }
  }

  @Override
  public void ema(Parameters.Average average, INDArray values) {
    arrays.ema(average, values);
  }

  /** Work on the floats of a task, whole vectors of them, in each memory. */
  private interface Loop {
    void run(Object[] memory, int from, int to);
  }

  /**
   * Runs a loop over all of a range that whole vectors cover, and the average of the parameters
   * after it.
   *
   * @param vectors as of {@link Operands#vectors}
   * @return what is left of the range
   */
  private Range run(Range range, Parameters parameters, Loop loop, INDArray[] vectors) {
    Operands.check(range, vectors);
    JavaUpdateKernels.requireFloats(vectors[0]);
    Object[] memory =
        Arrays.stream(vectors).map(DenseArrays::bytes).map(NativeFloats::memory).toArray();
    int first = (int) range.offset();
    int whole = NativeFloats.WIDEST.loopBound((int) range.length());
    int tasks = (whole + TASK - 1) / TASK;
    parallel.run(
        tasks,
        task -> {
          int from = first + task * TASK;
          int to = Math.min(from + TASK, first + whole);
          loop.run(memory, from, to);
          parameters
              .average()
              .ifPresent(
                  average ->
                      ema(memory[memory.length - 1], memory[1], from, to, (float) average.decay()));
        });
    return new Range(range.offset() + whole, range.length() - whole);
  }

  private static void sgd(Object p, Object b, Object gradient, int from, int to, SgdStep step) {
    float gradientScale = (float) step.gradientScale();
    float decay = (float) step.decay().inGradient();
    float shrinkage = (float) step.decay().shrinkage(step.learningRate());
    float momentum = (float) step.momentum();
    float bufferRate = (float) (step.learningRate() * (step.nesterov() ? step.momentum() : 1));
    float gradientRate = step.nesterov() ? (float) step.learningRate() : 0;
    for (int i = from; i < to; i += NativeFloats.WIDEST.length()) {
      FloatVector weights = load(p, i);
      FloatVector g = load(gradient, i).mul(gradientScale).add(weights.mul(decay));
      FloatVector velocity = load(b, i).mul(momentum).add(g);
      store(velocity, b, i);
      FloatVector change = velocity.mul(bufferRate).add(g.mul(gradientRate));
      store(weights.mul(shrinkage).sub(change), p, i);
    }
  }

  private static void adam(
      Object p, Object m, Object v, Object gradient, int from, int to, AdamStep step) {
    float gradientScale = (float) step.gradientScale();
    float decay = (float) step.decay().inGradient();
    float shrinkage = (float) step.decay().shrinkage(step.learningRate());
    float beta1 = (float) step.beta1();
    float beta2 = (float) step.beta2();
    float rest1 = (float) (1 - step.beta1());
    float rest2 = (float) (1 - step.beta2());
    float stepSize = (float) step.stepSize();
    float rootScale = (float) step.rootScale();
    float epsilon = (float) step.epsilon();
    for (int i = from; i < to; i += NativeFloats.WIDEST.length()) {
      FloatVector weights = load(p, i);
      FloatVector g = load(gradient, i).mul(gradientScale).add(weights.mul(decay));
      FloatVector mean = load(m, i).mul(beta1).add(g.mul(rest1));
      FloatVector square = load(v, i).mul(beta2).add(g.mul(g).mul(rest2));
      store(mean, m, i);
      store(square, v, i);
      FloatVector denominator = square.lanewise(VectorOperators.SQRT).mul(rootScale).add(epsilon);
      store(weights.mul(shrinkage).sub(mean.div(denominator).mul(stepSize)), p, i);
    }
  }

  private static void lion(Object p, Object m, Object gradient, int from, int to, LionStep step) {
    float gradientScale = (float) step.gradientScale();
    float shrinkage = (float) step.shrinkage();
    float beta1 = (float) step.beta1();
    float beta2 = (float) step.beta2();
    float rest1 = (float) (1 - step.beta1());
    float rest2 = (float) (1 - step.beta2());
    float learningRate = (float) step.learningRate();
    for (int i = from; i < to; i += NativeFloats.WIDEST.length()) {
      FloatVector g = load(gradient, i).mul(gradientScale);
      FloatVector momentum = load(m, i);
      FloatVector direction = momentum.mul(beta1).add(g.mul(rest1));
      store(momentum.mul(beta2).add(g.mul(rest2)), m, i);
      FloatVector sign =
          direction.mul(JavaUpdateKernels.LARGE).mul(JavaUpdateKernels.LARGE).min(1).max(-1);
      store(load(p, i).mul(shrinkage).sub(sign.mul(learningRate)), p, i);
    }
  }

  private static void ema(Object average, Object p, int from, int to, float decay) {
    float rest = 1 - decay;
    for (int i = from; i < to; i += NativeFloats.WIDEST.length()) {
      store(load(average, i).mul(decay).add(load(p, i).mul(rest)), average, i);
    }
  }
}
