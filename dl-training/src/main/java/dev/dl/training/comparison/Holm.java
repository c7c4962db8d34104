package dev.dl.training.comparison;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Holm's correction (1979, https://www.jstor.org/stable/4615733) for several comparisons. */
final class Holm {
  private Holm() {}

  /** Each p as it is to be read beside the others. */
  static double[] corrected(List<Double> values) {
    int count = values.size();
    int[] smallestFirst =
        IntStream.range(0, count)
            .boxed()
            .sorted(Comparator.comparing(values::get))
            .mapToInt(Integer::intValue)
            .toArray();
    double[] corrected = new double[count];
    double largest = 0;
    for (int rank = 0; rank < count; rank++) {
      double p = (count - rank) * values.get(smallestFirst[rank]);
      largest = Math.max(largest, Math.min(1, p));
      corrected[smallestFirst[rank]] = largest;
    }
    return corrected;
  }
}
