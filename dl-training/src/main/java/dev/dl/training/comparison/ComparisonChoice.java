package dev.dl.training.comparison;

import dev.dl.core.config.ConfigException;
import dev.dl.core.data.Split;
import dev.dl.core.data.problem.DataException;
import dev.dl.core.metric.MetricName;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What may be chosen about a comparison.
 *
 * @param baseline name of a candidate, or one of its runs; {@code null}: that of the first run
 * @param metric {@code test.loss}; {@code null}: the one that such runs are judged by, of the test
 *     split where there is one
 * @param terms that a study states; {@code null}: runs are to be equally long
 */
public record ComparisonChoice(String baseline, String metric, Terms terms) {
  public static final ComparisonChoice USUAL = new ComparisonChoice(null, null);

  public ComparisonChoice(String baseline, String metric) {
    this(baseline, metric, null);
  }

  /**
   * The metric that the runs are compared by.
   *
   * @throws DataException if no run has any
   * @throws ConfigException if the one asked for is none of theirs
   */
  MetricName metric(List<ComparedRun> runs) {
    Set<String> known = new LinkedHashSet<>();
    for (Split split : List.of(Split.TEST, Split.VALIDATION)) {
      for (ComparedRun run : runs) {
        run.metrics(split.label()).keySet().forEach(name -> known.add(split.label() + "." + name));
      }
    }
    if (known.isEmpty()) {
      throw new DataException(
          runs.stream()
              .map(
                  run ->
                      run.name() + ": found a run that is " + run.status() + ", expected metrics")
              .toList());
    }
    if (metric != null && !known.contains(metric)) {
      throw new ConfigException("--metric", metric, "one of " + String.join(", ", known), "");
    }
    return MetricName.of(metric == null ? known.iterator().next() : metric);
  }

  /**
   * The group that the others are compared with.
   *
   * @throws ConfigException if the one asked for is none of them
   */
  Group baseline(List<Group> groups) {
    return groups.stream()
        .filter(group -> baseline == null || isBaseline(group))
        .findFirst()
        .orElseThrow(
            () ->
                new ConfigException(
                    "--baseline",
                    baseline,
                    "one of " + String.join(", ", groups.stream().map(Group::name).toList()),
                    ""));
  }

  private boolean isBaseline(Group group) {
    return group.name().equals(baseline)
        || group.runs().stream().anyMatch(run -> run.run().equals(Path.of(baseline)));
  }
}
