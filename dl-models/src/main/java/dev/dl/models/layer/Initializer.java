package dev.dl.models.layer;

import dev.dl.core.random.CounterRandom;

/** The values of a parameter before training, as a function of (seed, stream, position). */
public sealed interface Initializer {
  /** Of {@link #transformer}. */
  double TRANSFORMER_DEVIATION = 0.02;

  /** The value at one position. */
  double value(long seed, long stream, long position);

  /** The same value everywhere. */
  record Constant(double constant) implements Initializer {
    @Override
    public double value(long seed, long stream, long position) {
      return constant;
    }
  }

  /** Uniform in [-bound, bound). */
  record Uniform(double bound) implements Initializer {
    @Override
    public double value(long seed, long stream, long position) {
      return (2 * CounterRandom.uniform(seed, stream, position) - 1) * bound;
    }
  }

  /** Normal with mean 0. */
  record Normal(double deviation) implements Initializer {
    @Override
    public double value(long seed, long stream, long position) {
      return CounterRandom.gaussian(seed, stream, position) * deviation;
    }
  }

  /** Zero from {@code start} to before {@code end}, elsewhere as another initializer has it. */
  record ZeroWithin(Initializer elsewhere, long start, long end) implements Initializer {
    @Override
    public double value(long seed, long stream, long position) {
      return position >= start && position < end ? 0 : elsewhere.value(seed, stream, position);
    }
  }

  /** PyTorch's default for convolutions and dense layers: uniform within 1 / √fanIn. */
  static Initializer fanIn(long fanIn) {
    return new Uniform(1 / Math.sqrt(fanIn));
  }

  /**
   * For layers followed by ReLU (He et al. 2015, https://arxiv.org/abs/1502.01852): deviation √(2 /
   * fan).
   */
  static Initializer he(long fan) {
    return new Normal(Math.sqrt(2.0 / fan));
  }

  /** As transformers begin (Radford et al. 2018; Devlin et al. 2018): deviation 0.02. */
  static Initializer transformer() {
    return new Normal(TRANSFORMER_DEVIATION);
  }
}
