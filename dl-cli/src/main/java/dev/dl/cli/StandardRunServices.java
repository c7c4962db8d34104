package dev.dl.cli;

import dev.dl.cli.command.RunServices;
import dev.dl.cli.command.Training;
import dev.dl.cli.log.CrashReports;
import dev.dl.cli.log.RunLog;
import dev.dl.core.backend.Backend;
import dev.dl.core.data.Split;
import dev.dl.core.data.image.ImageFiles;
import dev.dl.core.metric.ClassEvaluation;
import dev.dl.core.metric.Evaluation;
import dev.dl.core.run.FileSystem;
import dev.dl.core.run.JsonFile;
import dev.dl.core.run.RunDirectory;
import dev.dl.core.run.RunFiles;
import dev.dl.core.run.Summary;
import dev.dl.core.tensorfile.SafeTensors;
import dev.dl.core.tensorfile.Tensor;
import dev.dl.models.KnownModels;
import dev.dl.models.generation.Sampling;
import dev.dl.models.graph.Graph;
import dev.dl.training.Answer;
import dev.dl.training.BatchSearch;
import dev.dl.training.FittedMemory;
import dev.dl.training.RateSearch;
import dev.dl.training.TrainedRun;
import dev.dl.training.TrainingRun;
import dev.dl.training.benchmark.BenchmarkResult;
import dev.dl.training.benchmark.ModelBenchmark;
import dev.dl.training.benchmark.ModelSpeed;
import dev.dl.training.loop.Callback;
import dev.dl.training.memory.MemoryDemand;
import dev.dl.training.search.BatchSpeed;
import dev.dl.training.search.RateCurve;
import dev.dl.training.spec.RunSpec;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Training, evaluation and prediction of the other modules. */
final class StandardRunServices implements RunServices {
  private static final Path HERE = Path.of("");
  private static final int FIGURES_SHOWN = 2;

  @Override
  public Training.Outcome train(Training training, List<Callback> callbacks) throws IOException {
    TrainingRun.Start start =
        new TrainingRun.Start(
            training.spec(),
            training.models(),
            training.backend(),
            training.commandLine(),
            HERE,
            training.recorded());
    RunDirectory directory = training.directory();
    try (RunLog log = RunLog.attach(directory.files().log(), directory.fileSystem());
        CrashReports crashes = CrashReports.leadTo(directory.files().root())) {
      List<Callback> all = new ArrayList<>(callbacks);
      all.add(log);
      TrainingRun.End end =
          training.resume()
              ? TrainingRun.resume(start, directory, all)
              : TrainingRun.begin(start, directory, all);
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
    if (!metrics.isEmpty()) {
      lines.add(
          metrics.entrySet().stream()
              .limit(FIGURES_SHOWN)
              .map(
                  metric ->
                      String.format(Locale.ROOT, "%s %.4f", metric.getKey(), metric.getValue()))
              .collect(Collectors.joining(", ", String.format(Locale.ROOT, "%-12s", split), "")));
    }
  }

  @Override
  public Map<String, Object> evaluate(Path run, KnownModels models, Split split)
      throws IOException {
    TrainedRun trained = open(run, models);
    Evaluation evaluation = trained.evaluate(split, HERE);
    Map<String, Object> results = new LinkedHashMap<>();
    results.put("split", split.label());
    results.put("samples", evaluation.samples());
    results.putAll(evaluation.metrics());
    if (evaluation instanceof ClassEvaluation classes) {
      results.put("classNames", trained.classNames());
      results.put("classes", classes.classes());
      results.put("confusion", classes.confusion());
      results.put("mistakes", classes.mistakes());
    }
    return results;
  }

  @Override
  public List<Answer> predict(Path run, KnownModels models, List<Path> files, Path masks)
      throws IOException {
    TrainedRun trained = open(run, models);
    List<Answer> answers = new ArrayList<>();
    for (Path file : files) {
      boolean folder = trained.readsPictures() && Files.isDirectory(file);
      for (Path single : folder ? ImageFiles.below(file).files() : List.of(file)) {
        if (masks == null) {
          answers.addAll(trained.answers(single));
        } else {
          Path name = folder ? file.relativize(single) : single.getFileName();
          answers.add(trained.segmentation(single, masks.resolve(png(name.toString()))));
        }
      }
    }
    return answers;
  }

  @Override
  public FileSystem.Content vectors(Path run, KnownModels models, List<Path> files)
      throws IOException {
    TrainedRun trained = open(run, models);
    trained.requireVectors();
    return output -> {
      for (Path file : files) {
        trained.vectors(file, vector -> write(vector, output));
      }
    };
  }

  private static void write(TrainedRun.Vector vector, OutputStream output) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("file", vector.where());
    line.put("vector", vector.values());
    try {
      output.write(JsonFile.line(line));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String png(String name) {
    return name.replaceFirst("\\.[^./\\\\]*$", "") + ".png";
  }

  @Override
  public String write(Path run, KnownModels models, String prompt, int tokens, Sampling sampling)
      throws IOException {
    return open(run, models).continuation(prompt, tokens, sampling);
  }

  /** With the note by which Hugging Face's libraries know PyTorch's names and layouts. */
  @Override
  public FileSystem.Content weights(Path run, KnownModels models) throws IOException {
    Map<String, Tensor> weights = TrainedRun.publishedWeights(run, models);
    return output -> SafeTensors.write(output, weights, Map.of("format", "pt"));
  }

  @Override
  public MemoryDemand memory(RunSpec spec, KnownModels models, Backend backend) throws IOException {
    return FittedMemory.of(spec, models, backend, HERE);
  }

  @Override
  public RateCurve rates(RunSpec spec, KnownModels models, Backend backend, int steps)
      throws IOException {
    return RateSearch.of(start(spec, models, backend), steps);
  }

  @Override
  public BatchSearch.Result batches(
      RunSpec spec,
      KnownModels models,
      Backend backend,
      BatchSearch.Limits limits,
      Consumer<BatchSpeed> measured)
      throws IOException {
    return BatchSearch.of(start(spec, models, backend), limits, measured);
  }

  /** Of a training that leaves nothing. */
  private static TrainingRun.Start start(RunSpec spec, KnownModels models, Backend backend) {
    return new TrainingRun.Start(spec, models, backend, List.of(), HERE, null);
  }

  @Override
  public BenchmarkResult benchmark(
      String name, Graph graph, int batchSize, Duration duration, Backend backend) {
    return ModelBenchmark.measure(name, graph, batchSize, duration, backend);
  }

  @Override
  public ModelSpeed speed(Graph graph, int batchSize, Duration duration, Backend backend) {
    return ModelBenchmark.speed(graph, batchSize, duration, backend);
  }

  private static TrainedRun open(Path run, KnownModels models) throws IOException {
    return TrainedRun.open(run, models, Backend.select(TrainedRun.spec(run).backend()));
  }
}
