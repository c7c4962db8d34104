package dev.dl.training.comparison;

import dev.dl.core.metric.MetricName;
import dev.dl.training.comparison.Unfairness.Side;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What makes it unfair to compare some runs. */
final class Fairness {
  private static final List<String> DATA =
      List.of("data.source", "data.path", "data.train", "data.onBadSample");
  private static final List<String> SPLITS =
      List.of(
          "data.validation",
          "data.test",
          "data.validationFraction",
          "data.testFraction",
          "data.splitSeed");
  private static final List<String> PREPROCESSING =
      List.of("data.target", "data.image", "data.mask", "data.text", "data.table");
  private static final List<String> LENGTH = List.of("training.epochs", "training.maximumSteps");

  private final List<ComparedRun> runs;
  private final Map<ComparedRun, Settings> settings = new LinkedHashMap<>();
  private final List<Unfairness> found = new ArrayList<>();

  private Fairness(List<ComparedRun> runs) {
    this.runs = runs;
    runs.forEach(run -> settings.put(run, Settings.of(run.spec())));
  }

  /**
   * Everything that is not the same, or not as it should be.
   *
   * @param groups of those runs
   * @param metric by which they are compared
   * @param terms {@code null} if nothing is stated
   */
  static List<Unfairness> of(
      List<ComparedRun> runs, List<Group> groups, MetricName metric, Terms terms) {
    Fairness fairness = new Fairness(runs);
    fairness.checkData();
    if (terms == null) {
      LENGTH.forEach(setting -> fairness.checkSetting("budget", setting));
    }
    fairness.checkBudget();
    fairness.checkEvaluation(metric);
    fairness.checkEnds(metric);
    groups.forEach(fairness::checkRepetition);
    return List.copyOf(fairness.found);
  }

  /** Settings of the data matter where they have led to other data. */
  private void checkData() {
    Function<ComparedRun, String> fingerprint = run -> run.fingerprint().orElse("not recorded");
    boolean same = runs.stream().map(fingerprint).distinct().count() < 2;
    int before = found.size();
    if (!same) {
      DATA.forEach(setting -> checkSetting("data", setting));
      SPLITS.forEach(setting -> checkSetting("splits", setting));
    }
    PREPROCESSING.forEach(setting -> checkSetting("preprocessing", setting));
    if (found.size() > before) {
      return;
    }
    check("data", "SHA-256", run -> shortened(fingerprint.apply(run)));
    check("preprocessing", "preprocessing.json", Fairness::preprocessing);
  }

  private void checkBudget() {
    checkSetting("budget", "training.earlyStopping");
    check(
        "budget",
        "weights to begin with",
        run -> run.spec().model().pretrained() == null ? "fresh" : "pretrained");
    check(
        "budget",
        "teacher",
        run -> run.spec().training().distillation() == null ? "none" : "another run");
  }

  private void checkEvaluation(MetricName metric) {
    checkSetting("evaluation", "evaluation.horizontalFlip");
    if (metric.metric().equals("topKAccuracy")) {
      checkSetting("evaluation", "evaluation.topK");
    }
  }

  private void checkEnds(MetricName metric) {
    list(
        "unfinished",
        "status",
        runs.stream().filter(run -> !run.measured()).toList(),
        ComparedRun::status);
    list(
        "evaluation",
        metric.toString(),
        runs.stream().filter(run -> run.measured() && run.value(metric).isEmpty()).toList(),
        run -> "no number");
  }

  /** Of runs with the same seed and settings, one tells all. */
  private void checkRepetition(Group group) {
    group.runs().stream()
        .collect(Collectors.groupingBy(ComparedRun::seed, LinkedHashMap::new, Collectors.toList()))
        .values()
        .stream()
        .filter(same -> same.size() > 1)
        .forEach(
            same ->
                list(
                    "repeated",
                    group.name() + ", counted once",
                    same,
                    run -> "seed " + run.seed()));
  }

  private void checkSetting(String area, String setting) {
    check(area, setting, run -> settings.get(run).value(setting));
  }

  private void check(String area, String what, Function<ComparedRun, String> value) {
    if (runs.stream().map(value).distinct().count() > 1) {
      list(area, what, runs, value);
    }
  }

  private void list(
      String area, String what, List<ComparedRun> of, Function<ComparedRun, String> value) {
    Map<String, List<String>> sides = new LinkedHashMap<>();
    for (ComparedRun run : of) {
      sides.computeIfAbsent(value.apply(run), each -> new ArrayList<>()).add(run.name());
    }
    if (!sides.isEmpty()) {
      found.add(
          new Unfairness(
              area,
              what,
              sides.entrySet().stream()
                  .map(side -> new Side(side.getKey(), side.getValue()))
                  .toList()));
    }
  }

  private static String shortened(String hash) {
    return hash.length() == 64 ? hash.substring(0, 12) : hash;
  }

  /** What was fitted to the training split, where the settings do not tell. */
  private static String preprocessing(ComparedRun run) {
    try {
      return Files.exists(run.files().preprocessing())
          ? Integer.toHexString(Arrays.hashCode(Files.readAllBytes(run.files().preprocessing())))
          : "none";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
