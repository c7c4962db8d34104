package dev.dl.core.metric;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Gathers how the cosines of pairs of vectors go with what they should be, which takes two numbers
 * a pair.
 *
 * <p>{@code spearman} is the correlation of their ranks, {@code pearson} that of themselves, {@code
 * loss} the mean squared difference. A correlation is NaN where one of the two never varies.
 */
public final class SimilarityMetrics implements Metrics {
  private final List<Double> cosines = new ArrayList<>();
  private final List<Double> wanted = new ArrayList<>();

  @Override
  public void add(float[] outputs, float[] targets, int[] numbers) {
    int features = outputs.length / numbers.length / 2;
    for (int pair = 0; pair < numbers.length; pair++) {
      double cosine = 0;
      for (int i = 0; i < features; i++) {
        int first = 2 * pair * features + i;
        cosine += (double) outputs[first] * outputs[first + features];
      }
      cosines.add(cosine);
      wanted.add((double) targets[pair]);
    }
  }

  @Override
  public Evaluation result() {
    double squares = 0;
    for (int i = 0; i < cosines.size(); i++) {
      double error = cosines.get(i) - wanted.get(i);
      squares += error * error;
    }
    Map<String, Double> metrics = new LinkedHashMap<>();
    metrics.put("spearman", correlation(ranks(cosines), ranks(wanted)));
    metrics.put("loss", squares / cosines.size());
    metrics.put("pearson", correlation(cosines, wanted));
    return new NumberEvaluation(cosines.size(), metrics);
  }

  private static double correlation(List<Double> first, List<Double> second) {
    double firstMean = mean(first);
    double secondMean = mean(second);
    double common = 0;
    double firstSquares = 0;
    double secondSquares = 0;
    for (int i = 0; i < first.size(); i++) {
      double a = first.get(i) - firstMean;
      double b = second.get(i) - secondMean;
      common += a * b;
      firstSquares += a * a;
      secondSquares += b * b;
    }
    return common / Math.sqrt(firstSquares * secondSquares);
  }

  private static double mean(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
  }

  /** The places of the values in their order; equal ones share the mean of theirs. */
  private static List<Double> ranks(List<Double> values) {
    List<Integer> order =
        IntStream.range(0, values.size())
            .boxed()
            .sorted(Comparator.comparing(values::get))
            .toList();
    Double[] ranks = new Double[values.size()];
    int start = 0;
    while (start < order.size()) {
      int end = start;
      while (end < order.size()
          && values.get(order.get(end)).equals(values.get(order.get(start)))) {
        end++;
      }
      for (int i = start; i < end; i++) {
        ranks[order.get(i)] = (start + end - 1) / 2.0;
      }
      start = end;
    }
    return List.of(ranks);
  }
}
