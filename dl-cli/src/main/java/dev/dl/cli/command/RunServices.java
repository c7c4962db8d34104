package dev.dl.cli.command;

import dev.dl.core.backend.Backend;
import dev.dl.core.data.Split;
import dev.dl.core.run.FileSystem;
import dev.dl.models.KnownModels;
import dev.dl.models.generation.Sampling;
import dev.dl.models.graph.Graph;
import dev.dl.training.Answer;
import dev.dl.training.BatchSearch;
import dev.dl.training.benchmark.BenchmarkResult;
import dev.dl.training.benchmark.ModelSpeed;
import dev.dl.training.loop.Callback;
import dev.dl.training.memory.MemoryDemand;
import dev.dl.training.search.BatchSpeed;
import dev.dl.training.search.RateCurve;
import dev.dl.training.spec.RunSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** What the verbs ask for that needs tensors; everything else they call directly. */
public interface RunServices {

  /** Trains, or continues, a run. The backend was decided before. */
  Training.Outcome train(Training training, List<Callback> callbacks) throws IOException;

  /**
   * Evaluates a run's best weights.
   *
   * @return metrics by name, and what else belongs into JSON: per-class figures, confusions
   */
  Map<String, Object> evaluate(Path run, KnownModels models, Split split) throws IOException;

  /**
   * Answers for each picture, text or row in files; pictures in folders too.
   *
   * @param masks folder into which a mask of each picture is written; {@code null}: none
   */
  List<Answer> predict(Path run, KnownModels models, List<Path> files, Path masks)
      throws IOException;

  /** A file with a line of JSON for each text in files: where it is from, and its vector. */
  FileSystem.Content vectors(Path run, KnownModels models, List<Path> files) throws IOException;

  /** What a language model writes after a prompt. */
  String write(Path run, KnownModels models, String prompt, int tokens, Sampling sampling)
      throws IOException;

  /** The content of a safetensors file with a run's best weights, for other programs. */
  FileSystem.Content weights(Path run, KnownModels models) throws IOException;

  /** The memory for tensors that a training takes. */
  MemoryDemand memory(RunSpec spec, KnownModels models, Backend backend) throws IOException;

  /** How the loss of a training moves with its learning rate. */
  RateCurve rates(RunSpec spec, KnownModels models, Backend backend, int steps) throws IOException;

  /** How fast a training goes with batches of several sizes; {@code measured} is told of each. */
  BatchSearch.Result batches(
      RunSpec spec,
      KnownModels models,
      Backend backend,
      BatchSearch.Limits limits,
      Consumer<BatchSpeed> measured)
      throws IOException;

  /** Measures a model on a backend. */
  BenchmarkResult benchmark(
      String name, Graph graph, int batchSize, Duration duration, Backend backend);

  /** Measures only how fast a model trains and predicts. */
  ModelSpeed speed(Graph graph, int batchSize, Duration duration, Backend backend);
}
