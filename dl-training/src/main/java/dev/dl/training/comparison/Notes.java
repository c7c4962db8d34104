package dev.dl.training.comparison;

import dev.dl.core.metric.MetricName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What a reader of a comparison has to know besides its numbers, a sentence each. */
final class Notes {
  private Notes() {}

  static List<String> of(
      MetricName metric,
      String baseline,
      List<Candidate> candidates,
      List<ComparedRun> runs,
      Terms terms) {
    List<String> notes = new ArrayList<>();
    if (terms != null) {
      notes.add("Budget: " + terms.budget() + ".");
      notes.add("Tuning: " + terms.tuning() + ".");
    }
    if (metric.split().equals("validation")) {
      notes.add(
          "The validation split also chose the best epoch of each run, so that new data will come"
              + " out worse.");
    }
    settings(candidates, notes);
    intervals(candidates, notes);
    tests(candidates, notes);
    partners(candidates, baseline, notes);
    machines(runs, notes);
    return List.copyOf(notes);
  }

  /** Where it is not the model alone. */
  private static void settings(List<Candidate> candidates, List<String> notes) {
    List<String> names = List.copyOf(candidates.get(0).settings().keySet());
    if (!names.isEmpty() && !names.equals(List.of("model.name"))) {
      notes.add("The candidates differ in " + listed(names) + ".");
    }
  }

  private static void intervals(List<Candidate> candidates, List<String> notes) {
    boolean student =
        candidates.stream()
            .map(candidate -> candidate.spread().interval())
            .anyMatch(interval -> interval != null && interval.method().equals("t"));
    if (student) {
      notes.add(
          String.format(
              Locale.ROOT,
              "Intervals are Student's: resampling fewer than %d runs would make them too narrow.",
              Intervals.FEWEST_TO_RESAMPLE));
    }
  }

  private static void tests(List<Candidate> candidates, List<String> notes) {
    List<Difference> differences =
        candidates.stream().map(Candidate::difference).filter(Objects::nonNull).toList();
    TreeSet<Integer> pairs = new TreeSet<>();
    TreeSet<String> tests = new TreeSet<>();
    for (Difference difference : differences) {
      if (difference.test() != null) {
        tests.add(difference.test());
      }
      if (PairedTest.STUDENT.equals(difference.test())) {
        pairs.add(difference.pairs());
      }
    }
    if (!pairs.isEmpty()) {
      notes.add(
          String.format(
              Locale.ROOT,
              "p is Student's for pairs of the same seed; permutations of %d pairs could not come"
                  + " below %.2g.",
              pairs.first(),
              PairedTest.lowestByPermutation(pairs.first())));
    }
    if (tests.contains(PairedTest.PERMUTATION)) {
      notes.add("p is exact, of all permutations of the pairs of the same seed.");
    }
    if (tests.contains(Discordance.TEST)) {
      notes.add(
          "p of one pair of runs is McNemar's, of their predictions: it tells the two networks"
              + " apart, and nothing of other seeds.");
    }
    long corrected = differences.stream().filter(each -> each.p() != null).count();
    if (corrected > 1) {
      notes.add("p is corrected for " + corrected + " comparisons by Holm.");
    }
  }

  private static void partners(List<Candidate> candidates, String baseline, List<String> notes) {
    Candidate other =
        candidates.stream().filter(each -> each.name().equals(baseline)).findFirst().orElseThrow();
    boolean alone =
        candidates.stream()
            .anyMatch(each -> !each.equals(other) && !seeds(each).equals(seeds(other)));
    if (alone) {
      notes.add("Runs whose seed the other candidate lacks count in the means alone.");
    }
  }

  private static List<Long> seeds(Candidate candidate) {
    return candidate.runs().stream().map(Candidate.Result::seed).toList();
  }

  private static void machines(List<ComparedRun> runs, List<String> notes) {
    long places =
        runs.stream()
            .map(ComparedRun::provenance)
            .filter(Objects::nonNull)
            .map(each -> List.of(each.machine(), each.backend().name()))
            .distinct()
            .count();
    if (places > 1) {
      notes.add("The runs were not all trained on the same machine: do not compare their speed.");
    }
  }

  private static String listed(List<String> names) {
    return names.size() == 1
        ? names.get(0)
        : names.stream().limit(names.size() - 1L).collect(Collectors.joining(", "))
            + " and "
            + names.get(names.size() - 1);
  }
}
