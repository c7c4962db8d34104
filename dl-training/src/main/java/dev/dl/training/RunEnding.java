package dev.dl.training;

import dev.dl.core.backend.Backend;
import dev.dl.core.backend.Machine;
import dev.dl.core.data.Batches;
import dev.dl.core.data.DataSplits;
import dev.dl.core.data.Samples;
import dev.dl.core.data.Split;
import dev.dl.core.metric.ClassificationMetrics;
import dev.dl.core.metric.Evaluation;
import dev.dl.core.metric.Metrics;
import dev.dl.core.run.RunDirectory;
import dev.dl.core.run.RunFiles;
import dev.dl.core.run.Summary;
import dev.dl.core.tensorfile.Tensor;
import dev.dl.models.graph.Graph;
import dev.dl.training.checkpoint.Checkpoint;
import dev.dl.training.checkpoint.CheckpointStore;
import dev.dl.training.checkpoint.TrainingState;
import dev.dl.training.checkpoint.Weights;
import dev.dl.training.evaluation.Evaluator;
import dev.dl.training.evaluation.Inference;
import dev.dl.training.evaluation.PredictionFile;
import dev.dl.training.loop.EvaluationStopped;
import dev.dl.training.loop.Learner;
import dev.dl.training.loop.StopReason;
import dev.dl.training.spec.RunSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The end of a run: its best weights measured, and what it came to written down.
 *
 * @param inference with the network that was trained
 * @param whileMeasuring asked before each batch; may throw {@link EvaluationStopped}
 */
record RunEnding(
    RunSpec spec,
    RunDirectory directory,
    Backend backend,
    DataSplits data,
    Task task,
    Inference inference,
    CheckpointStore checkpoints,
    Runnable whileMeasuring) {

  /**
   * Measures the best weights and sums up; a run that is to go on is summed up as it stands.
   *
   * @param last weights, which are the best where none were saved as such
   */
  TrainingRun.End of(StopReason reason, TrainingState state, Map<String, Tensor> last)
      throws IOException {
    if (reason != StopReason.COMPLETED && reason != StopReason.EARLY_STOPPED) {
      return write(reason, state, last, Map.of());
    }
    Optional<Checkpoint> best = checkpoints.best().checkpoint();
    Map<String, Tensor> weights =
        best.map(found -> Learner.inferenceWeights(found.weights(), found.optimizer()))
            .orElse(last);
    inference.network().load(weights);
    Map<Split, Evaluation> evaluations = new LinkedHashMap<>();
    try {
      for (Split split : List.of(Split.VALIDATION, Split.TEST)) {
        Optional<Samples> samples = data.find(split);
        if (samples.isPresent()) {
          evaluations.put(split, measured(split, samples.get()));
        }
      }
    } catch (EvaluationStopped stopped) { // the last checkpoint is saved: resuming only measures
      return write(stopped.reason(), state, last, Map.of());
    }
    return write(reason, state, weights, evaluations);
  }

  /** Where one class of each sample is told, which one is written down. */
  private Evaluation measured(Split split, Samples samples) throws IOException {
    Metrics metrics = task.metrics().get();
    if (!(metrics instanceof ClassificationMetrics classes)) {
      return measured(samples, metrics);
    }
    Map<Split, Evaluation> result = new LinkedHashMap<>();
    directory.writePredictions(
        split.label(),
        output ->
            PredictionFile.write(
                output, lines -> result.put(split, measured(samples, classes.telling(lines)))));
    return result.get(split);
  }

  private Evaluation measured(Samples samples, Metrics metrics) {
    Batches batches = new Batches(samples, spec.evaluation().batchSize());
    return Evaluator.evaluate(inference, batches, metrics, whileMeasuring);
  }

  private TrainingRun.End write(
      StopReason reason,
      TrainingState state,
      Map<String, Tensor> weights,
      Map<Split, Evaluation> evaluations)
      throws IOException {
    Summary summary = summary(reason, state, weights, evaluations);
    if (spec.fineTuning().lora() != null) {
      Adapters.write(directory, spec, inference.network().graph(), weights);
    }
    RunReports.write(directory, spec, data, summary, evaluations);
    directory.writeSummary(summary); // last: a run with it is not taken up again
    return new TrainingRun.End(reason, summary);
  }

  private Summary summary(
      StopReason reason,
      TrainingState state,
      Map<String, Tensor> weights,
      Map<Split, Evaluation> evaluations)
      throws IOException {
    int stepsPerEpoch = new Batches(data.train(), spec.training().batchSize()).count();
    long samples =
        state.step() / stepsPerEpoch * data.train().size()
            + state.step() % stepsPerEpoch * spec.training().batchSize();
    return new Summary(
        reason.label(),
        state.position().epoch() - 1,
        state.step(),
        state.best(),
        metrics(evaluations.get(Split.VALIDATION)),
        metrics(evaluations.get(Split.TEST)),
        inference.network().parameters().length(),
        Weights.sha256(weights),
        samples / state.elapsedSeconds(),
        state.elapsedSeconds(),
        backend.name(),
        multiplyAdds(inference.network().graph()),
        peakMemoryBytes());
  }

  private static Map<String, Double> metrics(Evaluation evaluation) {
    return evaluation == null ? Map.of() : evaluation.metrics();
  }

  /** None counted: the layers of plugins need not say. */
  private static Long multiplyAdds(Graph graph) {
    long counted = graph.multiplyAdds();
    return counted == 0 ? null : counted;
  }

  /** Of this process, or of one that summed the run up before. */
  private Long peakMemoryBytes() throws IOException {
    long now = Machine.peakResidentBytes();
    RunFiles files = directory.files();
    Long before = Files.exists(files.summary()) ? files.readSummary().peakMemoryBytes() : null;
    long largest = before == null ? now : Math.max(before, now);
    return largest < 0 ? null : largest;
  }
}
