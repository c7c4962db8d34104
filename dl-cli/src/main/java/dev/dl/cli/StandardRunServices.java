package dev.dl.cli;

import dev.dl.cli.command.RunServices;
import dev.dl.cli.command.Training;
import dev.dl.cli.log.RunLog;
import dev.dl.core.backend.Backend;
import dev.dl.core.data.Split;
import dev.dl.core.data.image.ImageFiles;
import dev.dl.core.metric.Evaluation;
import dev.dl.core.run.RunDirectory;
import dev.dl.core.run.RunFiles;
import dev.dl.core.run.Summary;
import dev.dl.models.graph.Graph;
import dev.dl.training.TrainedRun;
import dev.dl.training.TrainingRun;
import dev.dl.training.benchmark.BenchmarkResult;
import dev.dl.training.benchmark.ModelBenchmark;
import dev.dl.training.loop.Callback;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Training, evaluation and prediction of the other modules. */
final class StandardRunServices implements RunServices {
  private static final Path HERE = Path.of("");

  @Override
  public Training.Outcome train(Training training, List<Callback> callbacks) throws IOException {
    TrainingRun.Start start =
        new TrainingRun.Start(training.spec(), training.backend(), training.commandLine(), HERE);
    RunDirectory directory = training.directory();
    try (RunLog log = RunLog.attach(directory.files().log())) {
      TrainingRun.End end =
          training.resume()
              ? TrainingRun.resume(start, directory, callbacks)
              : TrainingRun.begin(start, directory, callbacks);
      return new Training.Outcome(end.reason(), lines(end.summary(), directory.files()));
    }
  }

  private static List<String> lines(Summary summary, RunFiles files) {
    List<String> lines = new ArrayList<>();
    String best = summary.best() == null ? "" : ", best epoch " + summary.best().epoch();
    lines.add(
        String.format(
            Locale.ROOT,
            "%s after %d epochs, %d steps, %.0f s%s",
            summary.status(),
            summary.epochs(),
            summary.steps(),
            summary.wallSeconds(),
            best));
    figures("validation", summary.validation(), lines);
    figures("test", summary.test(), lines);
    lines.add("report      " + files.report());
    lines.add("checkpoints " + files.checkpoints());
    return lines;
  }

  private static void figures(String split, Map<String, Double> metrics, List<String> lines) {
    if (metrics.isEmpty()) {
      return;
    }
    lines.add(
        String.format(
            Locale.ROOT,
            "%-11s accuracy %.4f, loss %.4f",
            split,
            metrics.get("accuracy"),
            metrics.get("loss")));
  }

  @Override
  public Map<String, Object> evaluate(Path run, Split split) throws IOException {
    TrainedRun trained = open(run);
    Evaluation evaluation = trained.evaluate(split, HERE);
    Map<String, Object> results = new LinkedHashMap<>();
    results.put("split", split.label());
    results.put("samples", evaluation.samples());
    results.putAll(evaluation.metrics());
    results.put("classNames", trained.classNames());
    results.put("classes", evaluation.classes());
    results.put("confusion", evaluation.confusion());
    results.put("mistakes", evaluation.mistakes());
    return results;
  }

  @Override
  public List<Prediction> predict(Path run, List<Path> files) throws IOException {
    TrainedRun trained = open(run);
    List<Prediction> predictions = new ArrayList<>();
    for (Path file : files) {
      for (Path picture : pictures(file)) {
        predictions.add(prediction(picture, trained.logits(picture), trained.classNames()));
      }
    }
    return predictions;
  }

  @Override
  public BenchmarkResult benchmark(
      String name, Graph graph, int batchSize, Duration duration, Backend backend) {
    return ModelBenchmark.measure(name, graph, batchSize, duration, backend);
  }

  private static TrainedRun open(Path run) throws IOException {
    return TrainedRun.open(run, Backend.select(TrainedRun.spec(run).backend()));
  }

  private static List<Path> pictures(Path file) throws IOException {
    return Files.isDirectory(file) ? ImageFiles.below(file).files() : List.of(file);
  }

  private static Prediction prediction(Path picture, float[] logits, List<String> classNames) {
    int best = 0;
    double total = 0;
    for (int c = 0; c < logits.length; c++) {
      best = logits[c] > logits[best] ? c : best;
    }
    for (float logit : logits) {
      total += Math.exp((double) logit - logits[best]);
    }
    return new Prediction(picture, classNames.get(best), 1 / total);
  }
}
