package dev.dl.training.comparison;

import dev.dl.core.metric.Prediction;
import dev.dl.training.comparison.Difference.Effect;
import dev.dl.training.evaluation.PredictionFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.inference.BinomialTest;

/**
 * On which samples of a split two networks disagree in being right.
 *
 * @param samples of the split
 * @param onlyFirst that the first alone puts into their class
 * @param onlySecond that the second alone does
 */
record Discordance(int samples, int onlyFirst, int onlySecond) {
  static final String TEST = "McNemar";

  private static final double OUTSIDE = 0.05;

  /** Of two files of predictions; empty where they are not of the same samples. */
  static Optional<Discordance> of(Path first, Path second) throws IOException {
    List<Prediction> predictions = new ArrayList<>();
    PredictionFile.read(first, predictions::add);
    List<Prediction> others = new ArrayList<>();
    PredictionFile.read(second, others::add);
    if (predictions.size() != others.size()) {
      return Optional.empty();
    }
    int onlyFirst = 0;
    int onlySecond = 0;
    for (int i = 0; i < others.size(); i++) {
      Prediction one = predictions.get(i);
      Prediction other = others.get(i);
      if (one.sample() != other.sample() || one.label() != other.label()) {
        return Optional.empty();
      }
      onlyFirst += one.correct() && !other.correct() ? 1 : 0;
      onlySecond += other.correct() && !one.correct() ? 1 : 0;
    }
    return Optional.of(new Discordance(others.size(), onlyFirst, onlySecond));
  }

  /** By how much the accuracy of the first is larger. */
  double difference() {
    return (double) (onlyFirst - onlySecond) / samples;
  }

  /** McNemar's test in its exact form, two-sided. */
  double p() {
    int discordant = onlyFirst + onlySecond;
    return discordant == 0
        ? 1
        : BinomialTest.withDefaults().test(discordant, onlyFirst, 0.5).getPValue();
  }

  /**
   * For the difference, over other samples (Agresti and Min 2005,
   * https://doi.org/10.1002/sim.1781): half a sample is added to each of the four counts.
   */
  Interval interval() {
    double all = samples + 2.0;
    double larger = onlyFirst - onlySecond;
    double variance = (onlyFirst + onlySecond + 1.0 - larger * larger / all) / (all * all);
    double half =
        NormalDistribution.of(0, 1).inverseSurvivalProbability(OUTSIDE / 2) * Math.sqrt(variance);
    return new Interval(larger / all - half, larger / all + half, "Agresti-Min");
  }

  /** How far from one half the share is that the first wins; {@code null} without any. */
  Effect effect() {
    int discordant = onlyFirst + onlySecond;
    return discordant == 0 ? null : new Effect("Cohen g", (double) onlyFirst / discordant - 0.5);
  }
}
