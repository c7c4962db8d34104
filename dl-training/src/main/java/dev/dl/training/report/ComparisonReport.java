package dev.dl.training.report;

import dev.dl.training.comparison.Comparison;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A comparison for people to look at.
 *
 * @param name its heading
 * @param curves of every run that was counted
 * @param classes how each class fares; {@code null} where one class is not told of each sample
 * @param disagreements samples that the candidates take for different things
 * @param calibrations of the candidates whose predictions are known, in their order
 * @param runs all that were given, those that were not counted too
 */
public record ComparisonReport(
    String name,
    Comparison comparison,
    List<Curve> curves,
    ClassAccuracies classes,
    Disagreements disagreements,
    List<Calibration> calibrations,
    List<RunFacts> runs) {

  public ComparisonReport {
    curves = List.copyOf(curves);
    calibrations = List.copyOf(calibrations);
    runs = List.copyOf(runs);
  }

  /** The report as one self-contained page. */
  public String html() {
    return Page.COMPARISON.html(this);
  }

  /**
   * What a run recorded of each epoch.
   *
   * @param lines of metrics.jsonl
   */
  public record Curve(String candidate, List<Map<String, Object>> lines) {

    public Curve {
      lines = List.copyOf(lines);
    }
  }

  /**
   * Where a run comes from.
   *
   * @param candidate {@code null} of a run that was not counted, as is {@code value}
   * @param facts what was recorded, by name
   */
  public record RunFacts(
      String run, String candidate, long seed, Double value, Map<String, String> facts) {

    public RunFacts {
      facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
    }
  }
}
