package dev.dl.training.comparison;

import dev.dl.core.metric.MetricName;
import dev.dl.core.run.Summary;
import dev.dl.training.comparison.Candidate.Costs;
import dev.dl.training.comparison.Candidate.Result;
import dev.dl.training.comparison.Candidate.Spread;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Makes a comparison of runs. */
final class Comparing {
  private final MetricName metric;
  private final Group baseline;
  private final Map<Group, Map<Long, ComparedRun>> counted = new LinkedHashMap<>();

  private Comparing(List<Group> groups, MetricName metric, ComparisonChoice choice) {
    this.metric = metric;
    for (Group group : groups) {
      Map<Long, ComparedRun> bySeed = new LinkedHashMap<>();
      group.runs().stream()
          .filter(run -> run.value(metric).isPresent())
          .forEach(run -> bySeed.putIfAbsent(run.seed(), run));
      if (!bySeed.isEmpty()) {
        counted.put(group, bySeed);
      }
    }
    this.baseline = choice.baseline(List.copyOf(counted.keySet()));
  }

  static Comparison compare(List<ComparedRun> runs, ComparisonChoice choice) throws IOException {
    MetricName metric = choice.metric(runs);
    List<Group> groups = Group.of(runs);
    Comparing comparing = new Comparing(groups, metric, choice);
    List<Candidate> candidates = comparing.candidates();
    return new Comparison(
        metric.toString(),
        metric.lessIsBetter(),
        metric.isShare(),
        comparing.baseline.name(),
        candidates,
        Fairness.of(runs, groups, metric, choice.terms()),
        Notes.of(metric, comparing.baseline.name(), candidates, runs, choice.terms()));
  }

  private List<Candidate> candidates() throws IOException {
    Map<Group, Difference> differences = differences();
    Verdict verdict =
        new Verdict(
            baseline.name(),
            metric.lessIsBetter(),
            differences.values().stream().filter(each -> each.p() != null).count() > 1,
            new Figures(metric.isShare()));
    List<Candidate> candidates = new ArrayList<>();
    counted.forEach(
        (group, runs) -> candidates.add(candidate(group, runs.values(), differences, verdict)));
    Comparator<Candidate> leastFirst =
        Comparator.comparingDouble(candidate -> candidate.spread().mean());
    candidates.sort(metric.lessIsBetter() ? leastFirst : leastFirst.reversed());
    return candidates;
  }

  /** Of all groups that have a seed in common with the baseline. */
  private Map<Group, Difference> differences() throws IOException {
    int comparisons = Math.max(1, counted.size() - 1);
    Map<Group, Pairing> pairings = new LinkedHashMap<>();
    for (Group group : counted.keySet()) {
      if (!group.equals(baseline)) {
        Pairing.of(counted.get(group), counted.get(baseline), metric, comparisons)
            .ifPresent(pairing -> pairings.put(group, pairing));
      }
    }
    List<Group> tested =
        pairings.keySet().stream().filter(group -> pairings.get(group).test() != null).toList();
    double[] corrected =
        Holm.corrected(tested.stream().map(group -> pairings.get(group).test().p()).toList());
    Map<Group, Difference> differences = new LinkedHashMap<>();
    pairings.forEach(
        (group, pairing) -> {
          int place = tested.indexOf(group);
          differences.put(
              group, pairing.difference(place < 0 ? null : corrected[place], tested.size()));
        });
    return differences;
  }

  private Candidate candidate(
      Group group,
      Collection<ComparedRun> runs,
      Map<Group, Difference> differences,
      Verdict verdict) {
    List<Result> results =
        runs.stream()
            .map(run -> new Result(run.name(), run.seed(), run.value(metric).orElseThrow()))
            .toList();
    Spread spread = spread(results.stream().mapToDouble(Result::value).toArray());
    Difference difference = differences.get(group);
    return new Candidate(
        group.name(),
        group.settings(),
        results,
        spread,
        means(runs),
        costs(runs.stream().map(ComparedRun::summary).toList()),
        difference,
        group.equals(baseline)
            ? verdict.ofBaseline(spread, results.size())
            : verdict.of(group.name(), difference));
  }

  private Spread spread(double... values) {
    double mean = Sample.mean(values);
    if (!Sample.varies(values)) {
      return new Spread(mean, values.length == 1 ? null : 0.0, null, null);
    }
    boolean resampled = values.length > 2 && values.length < Intervals.FEWEST_TO_RESAMPLE;
    return new Spread(
        mean,
        Sample.deviation(values),
        metric.isShare() ? Intervals.of(values).within(0, 1) : Intervals.of(values),
        resampled ? Intervals.bootstrap(values) : null);
  }

  private static Map<String, Double> means(Collection<ComparedRun> runs) {
    Map<String, List<Double>> values = new LinkedHashMap<>();
    for (ComparedRun run : runs) {
      for (String split : List.of("test", "validation")) {
        for (String name : run.metrics(split).keySet()) {
          MetricName metric = new MetricName(split, name);
          run.value(metric)
              .ifPresent(
                  value ->
                      values
                          .computeIfAbsent(metric.toString(), each -> new ArrayList<>())
                          .add(value));
        }
      }
    }
    Map<String, Double> means = new LinkedHashMap<>();
    values.forEach(
        (name, each) ->
            means.put(name, Sample.mean(each.stream().mapToDouble(Double::doubleValue).toArray())));
    return means;
  }

  private static Costs costs(List<Summary> summaries) {
    return new Costs(
        summaries.get(0).parameters(),
        largest(summaries.stream().map(Summary::multiplyAdds).toList()),
        Sample.mean(summaries.stream().mapToDouble(Summary::samplesPerSecond).toArray()),
        largest(summaries.stream().map(Summary::peakMemoryBytes).toList()),
        Sample.mean(summaries.stream().mapToDouble(Summary::wallSeconds).toArray()));
  }

  private static Long largest(List<Long> values) {
    Optional<Long> largest =
        values.stream().filter(Objects::nonNull).max(Comparator.naturalOrder());
    return largest.orElse(null);
  }
}
