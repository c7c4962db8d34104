package dev.dl.models.generation;

import dev.dl.core.random.CounterRandom;
import dev.dl.core.random.RandomStream;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How the next token is drawn from the logits of all.
 *
 * @param temperature what logits are divided by: below 1 likely tokens get likelier; 0 always takes
 *     the likeliest
 * @param topK how many of the likeliest tokens may be drawn
 * @param seed decides every draw, together with the position of the token
 */
public record Sampling(double temperature, int topK, long seed) {
  /** The likeliest token every time. */
  public static final Sampling GREEDY = new Sampling(0, 1, 0);

  public Sampling {
    if (!(temperature >= 0 && temperature < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "temperature: got " + temperature + ", expected at least 0");
    }
    if (topK < 1) {
      throw new IllegalArgumentException("topK: got " + topK + ", expected at least 1");
    }
  }

  /** The token at a position of the text, by the logits of each. */
  int draw(float[] logits, long position) {
    List<Integer> likeliest =
        IntStream.range(0, logits.length)
            .boxed()
            .sorted(Comparator.comparing((Integer token) -> -logits[token]))
            .limit(temperature == 0 ? 1 : topK)
            .toList();
    double largest = logits[likeliest.get(0)];
    double[] weights =
        likeliest.stream()
            .mapToDouble(
                token ->
                    temperature == 0 ? 1 : StrictMath.exp((logits[token] - largest) / temperature))
            .toArray();
    double left =
        CounterRandom.uniform(seed, RandomStream.GENERATION.at(0), position)
            * java.util.Arrays.stream(weights).sum();
    int drawn = 0;
    while (drawn < weights.length - 1 && left >= weights[drawn]) {
      left -= weights[drawn++];
    }
    return likeliest.get(drawn);
  }
}
