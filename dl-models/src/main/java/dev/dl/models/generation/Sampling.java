package dev.dl.models.generation;

import dev.dl.core.random.CounterRandom;
import dev.dl.core.random.RandomStream;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * How the next token is drawn from the logits of all. Temperature comes first, then {@code topK},
 * then {@code topP} of what is left.
 *
 * @param temperature what logits are divided by: below 1 likely tokens get likelier; 0 always takes
 *     the likeliest
 * @param topK how many of the likeliest tokens may be drawn
 * @param topP probability of the tokens that may be drawn: the fewest that have as much together,
 *     their nucleus (Holtzman et al. 2019, https://arxiv.org/abs/1904.09751); 1 for all
 * @param seed decides every draw, together with the position of the token
 */
public record Sampling(double temperature, int topK, double topP, long seed) {
  /** The likeliest token every time. */
  public static final Sampling GREEDY = new Sampling(0, 1, 1, 0);

  public Sampling {
    if (!(temperature >= 0 && temperature < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "temperature: got " + temperature + ", expected at least 0");
    }
    if (topK < 1) {
      throw new IllegalArgumentException("topK: got " + topK + ", expected at least 1");
    }
    if (!(topP > 0 && topP <= 1)) {
      throw new IllegalArgumentException(
          "topP: got " + topP + ", expected more than 0 and at most 1");
    }
  }

  /** From all tokens, as likely as the network says at this temperature. */
  public static Sampling of(double temperature, long seed) {
    return new Sampling(temperature, Integer.MAX_VALUE, 1, seed);
  }

  /** The token at a position of the text, by the logits of each. */
  int draw(float[] logits, long position) {
    int[] likeliest =
        IntStream.range(0, logits.length)
            .boxed()
            .sorted(Comparator.comparing((Integer token) -> -logits[token]))
            .limit(temperature == 0 ? 1 : topK)
            .mapToInt(Integer::intValue)
            .toArray();
    double[] weights = new double[likeliest.length];
    for (int i = 0; i < weights.length; i++) {
      double below = logits[likeliest[0]] - logits[likeliest[i]];
      weights[i] = i == 0 ? 1 : StrictMath.exp(-below / temperature);
    }
    int nucleus = nucleus(weights);
    double left =
        CounterRandom.uniform(seed, RandomStream.GENERATION.at(0), position)
            * sum(weights, nucleus);
    int drawn = 0;
    while (drawn < nucleus - 1 && left >= weights[drawn]) {
      left -= weights[drawn++];
    }
    return likeliest[drawn];
  }

  /** How many of the first weights have the share {@code topP} of all. */
  private int nucleus(double[] weights) {
    double missing = topP * sum(weights, weights.length);
    int count = 0;
    while (count < weights.length && (count == 0 || missing > 0)) {
      missing -= weights[count++];
    }
    return topP == 1 ? weights.length : count;
  }

  private static double sum(double[] weights, int count) {
    double sum = 0;
    for (int i = 0; i < count; i++) {
      sum += weights[i];
    }
    return sum;
  }
}
