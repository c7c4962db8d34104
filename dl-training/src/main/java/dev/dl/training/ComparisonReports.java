package dev.dl.training;

import dev.dl.core.data.DataSplits;
import dev.dl.core.data.Preprocessing;
import dev.dl.core.data.Samples;
import dev.dl.core.data.Split;
import dev.dl.core.metric.MetricName;
import dev.dl.core.run.Provenance;
import dev.dl.core.run.Summary;
import dev.dl.training.comparison.Candidate;
import dev.dl.training.comparison.ComparedRun;
import dev.dl.training.comparison.Comparison;
import dev.dl.training.report.ComparisonReport;
import dev.dl.training.report.ComparisonReport.Curve;
import dev.dl.training.report.ComparisonReport.RunFacts;
import dev.dl.training.report.Disagreements;
import dev.dl.training.report.Disagreements.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the report of a comparison shows, gathered from the runs' files and their data. */
public final class ComparisonReports {
  private static final Logger LOG = LoggerFactory.getLogger(ComparisonReports.class);
  private static final int MOST_SAMPLES = 24;
  private static final int MOST_LINES = 1_000;

  private ComparisonReports() {}

  /**
   * The report as one self-contained page. Data that is not here, or is not what the runs were
   * measured on, leaves out the samples, and the report says why.
   *
   * @param name its heading
   * @param runs all that were given
   * @param workingDirectory where relative paths of the data start
   */
  public static String html(
      String name, Comparison comparison, List<ComparedRun> runs, Path workingDirectory)
      throws IOException {
    Map<String, ComparedRun> byName =
        runs.stream().collect(Collectors.toMap(ComparedRun::name, run -> run, (one, same) -> one));
    String split = MetricName.of(comparison.metric()).split();
    Optional<ComparedRun> first = first(comparison, byName);
    Preprocessing preprocessing =
        first.isPresent() ? TrainedRun.preprocessing(first.get().files()) : null;
    List<String> classes = preprocessing == null ? List.of() : preprocessing.classNames();
    ComparedPredictions said =
        ComparedPredictions.read(comparison.candidates(), byName, split, classes.size());
    boolean known = !said.isEmpty() && !classes.isEmpty();
    return new ComparisonReport(
            name,
            comparison,
            curves(comparison, byName),
            known ? said.accuracies(split, classes) : null,
            known
                ? disagreements(split, said, first.get(), preprocessing, workingDirectory)
                : new Disagreements(split, null, List.of()),
            known ? said.calibrations() : List.of(),
            facts(comparison, runs))
        .html();
  }

  /** The first run that was counted and tells classes: all of a fair comparison have the same. */
  private static Optional<ComparedRun> first(Comparison comparison, Map<String, ComparedRun> runs) {
    return comparison.candidates().stream()
        .flatMap(candidate -> candidate.runs().stream())
        .flatMap(result -> Optional.ofNullable(runs.get(result.run())).stream())
        .filter(run -> Files.exists(run.files().preprocessing()))
        .findFirst();
  }

  private static List<Curve> curves(Comparison comparison, Map<String, ComparedRun> runs)
      throws IOException {
    List<Curve> curves = new ArrayList<>();
    for (Candidate candidate : comparison.candidates()) {
      for (Candidate.Result result : candidate.runs()) {
        ComparedRun run = runs.get(result.run());
        if (run != null && Files.exists(run.files().metrics())) {
          curves.add(new Curve(candidate.name(), epochs(run)));
        }
      }
    }
    return curves;
  }

  /** Of long runs, as many epochs as a curve has room for. */
  private static List<Map<String, Object>> epochs(ComparedRun run) throws IOException {
    List<Map<String, Object>> lines =
        run.files().readMetrics().stream()
            .filter(line -> "epoch".equals(line.get("kind")))
            .toList();
    int stride = 1 + lines.size() / MOST_LINES;
    return IntStream.range(0, lines.size())
        .filter(i -> i % stride == 0 || i == lines.size() - 1)
        .mapToObj(lines::get)
        .toList();
  }

  private static Disagreements disagreements(
      String split,
      ComparedPredictions said,
      ComparedRun run,
      Preprocessing preprocessing,
      Path workingDirectory)
      throws IOException {
    List<Integer> widest = said.widest(MOST_SAMPLES);
    List<String> classes = preprocessing.classNames();
    List<List<Answer>> answers = said.answers(widest, classes);
    Samples samples = null;
    String missing = null;
    if (!widest.isEmpty()) {
      try {
        samples = samples(split, run, preprocessing, workingDirectory);
      } catch (IOException | RuntimeException unusable) { // the rest of the report stands without
        LOG.info("the report shows no samples", unusable);
        missing = String.valueOf(unusable.getMessage()).lines().findFirst().orElse("");
      }
    }
    List<Disagreements.Sample> shown = new ArrayList<>();
    for (int i = 0; i < widest.size(); i++) {
      int sample = widest.get(i);
      boolean there = samples != null && sample < samples.size();
      shown.add(
          new Disagreements.Sample(
              sample,
              classes.get(said.label(sample)),
              there ? base64(SampleViews.png(samples, sample)) : null,
              there ? SampleViews.text(samples, preprocessing, sample) : null,
              answers.get(i)));
    }
    return new Disagreements(split, missing, shown);
  }

  private static String base64(byte[] png) {
    return png == null ? null : Base64.getEncoder().encodeToString(png);
  }

  private static Samples samples(
      String split, ComparedRun run, Preprocessing preprocessing, Path workingDirectory)
      throws IOException {
    DataSplits data = DataSplits.open(run.spec().data(), workingDirectory, preprocessing);
    if (!run.fingerprint().equals(Optional.of(data.fingerprint()))) {
      throw new IOException("the data has changed since the runs");
    }
    return data.samples().entrySet().stream()
        .filter(entry -> entry.getKey().label().equals(split))
        .map(Map.Entry<Split, Samples>::getValue)
        .findFirst()
        .orElseThrow(() -> new IOException("the data has no split " + split));
  }

  private static List<RunFacts> facts(Comparison comparison, List<ComparedRun> runs) {
    Map<String, String> candidates = new HashMap<>();
    Map<String, Double> values = new HashMap<>();
    for (Candidate candidate : comparison.candidates()) {
      for (Candidate.Result result : candidate.runs()) {
        candidates.put(result.run(), candidate.name());
        values.put(result.run(), result.value());
      }
    }
    return runs.stream()
        .map(
            run ->
                new RunFacts(
                    run.name(),
                    candidates.get(run.name()),
                    run.seed(),
                    values.get(run.name()),
                    facts(run)))
        .toList();
  }

  private static Map<String, String> facts(ComparedRun run) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("status", run.status());
    put(facts, "steps", run.summary(), Summary::steps);
    Provenance from = run.provenance();
    put(facts, "started", from, Provenance::startedAt);
    put(facts, "data", from, Provenance::dataFingerprint);
    put(facts, "weights", run.summary(), Summary::weightsSha256);
    put(facts, "backend", from, provenance -> provenance.backend().name());
    put(facts, "device", from, provenance -> provenance.backend().device());
    put(facts, "kernels", from, provenance -> provenance.backend().kernels());
    put(facts, "processor", from, provenance -> provenance.machine().processor());
    put(facts, "threads", from, provenance -> provenance.machine().threads());
    put(facts, "dl", from, provenance -> provenance.software().version());
    put(facts, "commit", from, provenance -> provenance.software().commit());
    put(facts, "java", from, provenance -> provenance.software().java());
    put(facts, "operatingSystem", from, provenance -> provenance.software().operatingSystem());
    put(facts, "pretrained", from, provenance -> provenance.pretrained());
    put(facts, "teacher", from, provenance -> provenance.teacher());
    put(facts, "plugin", from, provenance -> provenance.plugin());
    put(facts, "command", from, provenance -> String.join(" ", provenance.commandLine()));
    return facts;
  }

  private static <T> void put(
      Map<String, String> facts, String name, T source, Function<T, Object> fact) {
    Object value = source == null ? null : fact.apply(source);
    if (value != null) {
      facts.put(name, value.toString());
    }
  }
}
