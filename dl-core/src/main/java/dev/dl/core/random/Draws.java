package dev.dl.core.random;

/**
 * The random numbers of one use at one position, drawn in turn: those of one sample in one epoch,
 * say. A function of (seed, stream, position) and of how many were drawn before.
 */
public final class Draws {
  private static final int DRAW_BITS = 16;

  private final long seed;
  private final long stream;
  private final long first;
  private int drawn;

  private Draws(long seed, long stream, long first) {
    this.seed = seed;
    this.stream = stream;
    this.first = first;
  }

  /**
   * The numbers of one position.
   *
   * @param stream of {@link RandomStream}
   * @param position below 2^47; each has 65,536 numbers to itself
   */
  public static Draws of(long seed, long stream, long position) {
    if (position >>> (Long.SIZE - 1 - DRAW_BITS) != 0) {
      throw new IllegalArgumentException("position " + position);
    }
    return new Draws(seed, stream, position << DRAW_BITS);
  }

  /** A number in [0, 1), a multiple of 2^-53. */
  public double uniform() {
    return CounterRandom.uniform(seed, stream, next());
  }

  /** A number in [low, high). */
  public double between(double low, double high) {
    return low + (high - low) * uniform();
  }

  /** A whole number in [0, bound). */
  public int below(int bound) {
    return CounterRandom.uniform(seed, stream, next(), bound);
  }

  /** A number from the standard normal distribution, by Box and Muller's transform of two. */
  public double gaussian() {
    double first = 1 - uniform();
    double second = uniform();
    return StrictMath.sqrt(-2 * StrictMath.log(first)) * StrictMath.cos(2 * Math.PI * second);
  }

  /** True with this probability. */
  public boolean chance(double probability) {
    return uniform() < probability;
  }

  private long next() {
    if (drawn >>> DRAW_BITS != 0) {
      throw new IllegalStateException("more than " + drawn + " numbers drawn at one position");
    }
    return first + drawn++;
  }
}
