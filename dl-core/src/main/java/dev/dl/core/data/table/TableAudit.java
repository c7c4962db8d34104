package dev.dl.core.data.table;

import dev.dl.core.data.table.Finding.Suspicion;
import dev.dl.core.data.target.TargetEncoding;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Looks for suspicious features in encoded rows: constant ones, and those that determine a target
 * by themselves. That is so
 *
 * <ul>
 *   <li>if each of their values goes with one value of the target, and is in five rows on average;
 *   <li>of numbers and classes, if thresholds separate all classes, of ten rows each at the least;
 *   <li>of numbers and quantities, if their correlation is 1 or -1, in ten rows at the least.
 * </ul>
 */
public final class TableAudit {
  private static final int ROWS_OF_VALUE = 5;
  private static final int ROWS_OF_CLASS = 10;
  private static final double CORRELATED = 1 - 1e-9;

  private TableAudit() {}

  /**
   * What is suspicious.
   *
   * @param rows encoded by the preprocessing
   * @param targets of the rows, in the same order
   */
  public static List<Finding> of(
      TablePreprocessing preprocessing,
      List<float[]> rows,
      TargetEncoding target,
      List<float[]> targets) {
    if (rows.size() != targets.size()) {
      throw new IllegalArgumentException(rows.size() + " rows, " + targets.size() + " targets");
    }
    List<Finding> findings = new ArrayList<>();
    List<String> names = preprocessing.featureNames();
    for (int feature = 0; feature < names.size() && rows.size() > 1; feature++) {
      String name = names.get(feature);
      boolean number = feature < preprocessing.numericFeatures();
      float[] values = column(rows, feature);
      if (!varies(values)) {
        findings.add(constant(name));
        continue;
      }
      for (int i = 0; i < target.names().size(); i++) {
        String targetName = target.names().get(i);
        leak(values, number, column(targets, i), target.discrete())
            .ifPresent(how -> findings.add(leaking(name, targetName, how)));
      }
    }
    return findings;
  }

  private static Finding constant(String name) {
    return new Finding(name, Suspicion.CONSTANT, "'" + name + "' is the same in every row");
  }

  private static Finding leaking(String name, String target, String how) {
    return new Finding(
        name,
        Suspicion.LEAKING,
        "'" + name + "' determines '" + target + "' alone: " + how + "; is it known in time?");
  }

  /** How these values determine the target, if they do. */
  private static Optional<String> leak(
      float[] values, boolean number, float[] target, boolean discrete) {
    if (!varies(target)) {
      return Optional.empty();
    }
    ValueGroups groups = ValueGroups.of(values, target);
    if (groups.pure() && values.length >= ROWS_OF_VALUE * groups.count()) {
      return Optional.of("each of its " + groups.count() + " values goes with one of the target");
    }
    if (number && discrete && groups.separate(ROWS_OF_CLASS)) {
      return Optional.of("thresholds separate the classes");
    }
    if (number
        && !discrete
        && values.length >= ROWS_OF_CLASS
        && Math.abs(correlation(values, target)) >= CORRELATED) {
      return Optional.of("their correlation is 1 or -1");
    }
    return Optional.empty();
  }

  private static float[] column(List<float[]> rows, int column) {
    float[] values = new float[rows.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = rows.get(i)[column];
    }
    return values;
  }

  private static boolean varies(float[] values) {
    for (float value : values) {
      if (value != values[0]) {
        return true;
      }
    }
    return false;
  }

  private static double correlation(float[] first, float[] second) {
    double firstMean = mean(first);
    double secondMean = mean(second);
    double products = 0;
    double firstSquares = 0;
    double secondSquares = 0;
    for (int i = 0; i < first.length; i++) {
      double x = first[i] - firstMean;
      double y = second[i] - secondMean;
      products += x * y;
      firstSquares += x * x;
      secondSquares += y * y;
    }
    return products / Math.sqrt(firstSquares * secondSquares);
  }

  private static double mean(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return sum / values.length;
  }
}
