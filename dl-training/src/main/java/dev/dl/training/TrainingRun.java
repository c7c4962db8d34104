package dev.dl.training;

import dev.dl.core.backend.Backend;
import dev.dl.core.backend.Compute;
import dev.dl.core.config.ConfigException;
import dev.dl.core.config.ConfigWriter;
import dev.dl.core.data.Batches;
import dev.dl.core.data.DataSplits;
import dev.dl.core.data.Preprocessing;
import dev.dl.core.data.Split;
import dev.dl.core.data.problem.DataException;
import dev.dl.core.kernel.ConvolutionRule;
import dev.dl.core.kernel.Loss;
import dev.dl.core.metric.Evaluation;
import dev.dl.core.run.DamagedFileException;
import dev.dl.core.run.Provenance;
import dev.dl.core.run.RunDirectory;
import dev.dl.core.run.RunFiles;
import dev.dl.core.run.Summary;
import dev.dl.core.tensorfile.SafeTensors;
import dev.dl.core.tensorfile.Tensor;
import dev.dl.models.KnownModels;
import dev.dl.models.adaptation.LowRankAdaptation;
import dev.dl.models.network.Network;
import dev.dl.training.checkpoint.Checkpoint;
import dev.dl.training.checkpoint.CheckpointStore;
import dev.dl.training.checkpoint.Restored;
import dev.dl.training.checkpoint.TrainingState;
import dev.dl.training.checkpoint.TrainingState.Origin;
import dev.dl.training.checkpoint.TrainingState.Position;
import dev.dl.training.checkpoint.Weights;
import dev.dl.training.evaluation.Evaluator;
import dev.dl.training.evaluation.Inference;
import dev.dl.training.loop.Callback;
import dev.dl.training.loop.EvaluationStopped;
import dev.dl.training.loop.Learner;
import dev.dl.training.loop.MetricsLog;
import dev.dl.training.loop.Selection;
import dev.dl.training.loop.StopReason;
import dev.dl.training.loop.TimeLimit;
import dev.dl.training.loop.Trainer;
import dev.dl.training.loop.Trainer.Validation;
import dev.dl.training.loop.WritingLog;
import dev.dl.training.preview.BatchPreview;
import dev.dl.training.spec.EarlyStoppingSpec.Mode;
import dev.dl.training.spec.LoraSpec;
import dev.dl.training.spec.PretrainedSpec;
import dev.dl.training.spec.RunSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One training, from an open run directory to its summary and report. */
public final class TrainingRun {
  private static final Logger LOG = LoggerFactory.getLogger(TrainingRun.class);

  private final RunSpec spec;
  private final RunDirectory directory;
  private final Backend backend;
  private final Compute compute;
  private final DataSplits data;
  private final Task task;
  private final Network network;
  private final PretrainedStart pretrained;
  private final Learner learner;
  private final Batches training;
  private final CheckpointStore checkpoints;
  private final Selection selection;
  private List<Callback> callbacks = List.of();

  /**
   * What a run is started with.
   *
   * @param spec what to train
   * @param models that the spec may name
   * @param backend already selected
   * @param commandLine words as given, for provenance
   * @param workingDirectory where relative paths of the spec start
   * @param recorded the run that is to be reproduced, on the same data and with its rule for
   *     convolutions; {@code null} for a run of its own
   */
  public record Start(
      RunSpec spec,
      KnownModels models,
      Backend backend,
      List<String> commandLine,
      Path workingDirectory,
      RunFiles recorded) {}

  /**
   * How a run ended.
   *
   * @param summary also written to summary.json
   */
  public record End(StopReason reason, Summary summary) {}

  /**
   * @param fresh whether this is the beginning, where pretrained weights are read
   */
  private TrainingRun(
      Start start, RunDirectory directory, ConvolutionRule convolutions, boolean fresh)
      throws IOException {
    this.spec = start.spec;
    this.directory = directory;
    this.backend = start.backend;
    PretrainedSpec someones = fresh ? spec.model().pretrained() : null;
    // Looked for before the data is read, which may take long.
    Path weights = someones == null ? null : PretrainedStart.file(someones, start.workingDirectory);
    this.data = DataSplits.open(spec.data(), start.workingDirectory);
    data.notices().forEach(LOG::warn);
    this.task = Task.of(data.preprocessing(), spec);
    this.selection = selection();
    this.compute = Compute.on(backend, convolutions);
    Loss loss = LossChoice.of(spec.training().loss(), task.head(), data.train());
    LOG.info("loss {}", loss);
    LossChoice.advice(
            spec.training().loss(), task.head(), data.preprocessing().classNames(), data.train())
        .ifPresent(LOG::warn);
    this.network = task.network(spec, start.models, loss, compute.kernels());
    this.pretrained =
        someones == null
            ? null
            : PretrainedStart.load(
                someones,
                weights,
                spec.model().architecture(start.models),
                task.plainGraph(spec, start.models),
                network,
                spec.model().title());
    this.training = batches(Split.TRAIN, spec.training().batchSize());
    this.learner = Learner.of(network, spec, training.count(), compute.updates());
    this.checkpoints = CheckpointStore.open(directory, spec.training().checkpoint());
  }

  /**
   * Trains from the beginning in a new run directory, which is discarded when something stands in
   * the way of the first step.
   *
   * @throws DataException if the data cannot be used, or is not that of the run to be reproduced
   */
  public static End begin(Start start, RunDirectory directory, List<Callback> callbacks)
      throws IOException {
    directory.writeSpec(start.spec);
    TrainingRun run;
    try {
      run = prepared(start, directory);
    } catch (IOException | RuntimeException | Error failure) {
      directory.discard();
      throw failure;
    }
    return run.train(run.fresh(), callbacks);
  }

  /** Goes on from the newest whole checkpoint; from the beginning when there is none yet. */
  public static End resume(Start start, RunDirectory directory, List<Callback> callbacks)
      throws IOException {
    if (!Files.exists(directory.files().preprocessing())) { // killed while it was prepared
      TrainingRun run = prepared(start, directory);
      return run.train(run.fresh(), callbacks);
    }
    RecordedPlugin.requireSame(directory.files(), start.models);
    ConvolutionRule recorded = directory.files().readProvenance().backend().convolutions();
    TrainingRun run = new TrainingRun(start, directory, recorded, false);
    return run.train(run.restored(), callbacks);
  }

  private static TrainingRun prepared(Start start, RunDirectory directory) throws IOException {
    Optional<Provenance> recorded = RunProvenance.recorded(start);
    ConvolutionRule rule =
        recorded.map(before -> before.backend().convolutions()).orElse(ConvolutionRule.LEAST_COST);
    TrainingRun run = new TrainingRun(start, directory, rule, true);
    Provenance provenance =
        RunProvenance.of(start, run.compute, rule, run.data.fingerprint(), run.pretrained);
    recorded.ifPresent(before -> RunProvenance.requireSameData(before, provenance));
    directory.writeProvenance(provenance);
    Preprocessing preprocessing = run.data.preprocessing();
    BatchPreview preview = BatchPreview.of(run.training.first(start.spec.seed()), preprocessing);
    if (run.pretrained != null) {
      directory.writePretrained(run.pretrained.account());
      run.save(run.fresh(), false); // a resumed run does not need the file
    }
    directory.writeSample(RunReports.FIRST_BATCH + preview.ending(), preview.content());
    directory.writePreprocessing(preprocessing, preprocessing.files());
    return run;
  }

  private Selection selection() {
    boolean held = data.find(Split.VALIDATION).isPresent();
    Selection asked =
        Selection.of(
            spec.training().earlyStopping(),
            held ? "validation." + task.names().get(0) : "train.loss",
            held && !task.betterIfLess() ? Mode.MAX : Mode.MIN);
    List<String> known = new ArrayList<>(List.of("train.loss", "train.accuracy"));
    if (held) {
      task.names().forEach(name -> known.add("validation." + name));
    }
    if (!known.contains(asked.metric())) {
      throw new ConfigException(
          "training.earlyStopping.metric",
          asked.metric(),
          "one of " + String.join(", ", known),
          "");
    }
    return asked;
  }

  private Batches batches(Split split, int batchSize) {
    return new Batches(data.samples().get(split), batchSize);
  }

  private TrainingState fresh() throws IOException {
    directory.cutMetricsAfter(0);
    return new TrainingState(new Position(0, 1, 0), null, 0, Map.of(), Map.of(), 0, origin());
  }

  private TrainingState restored() throws IOException {
    Restored restored = checkpoints.latest();
    restored
        .skipped()
        .forEach(
            skipped ->
                LOG.warn(
                    "{} is not whole and was passed over: {}",
                    skipped.directory(),
                    skipped.reason()));
    if (restored.checkpoint().isEmpty() && spec.model().pretrained() != null) {
      throw new DamagedFileException(
          directory.files().checkpoints(),
          "no whole checkpoint",
          "one with the pretrained weights; train in a new run directory");
    }
    if (restored.checkpoint().isEmpty()) {
      return fresh();
    }
    Checkpoint checkpoint = restored.checkpoint().get();
    TrainingState state = checkpoint.state();
    requireSameOrigin(state.origin());
    if (state.position().stepInEpoch() > training.count()) {
      throw new DamagedFileException(
          checkpoint.directory(),
          "step " + state.position().stepInEpoch() + " of an epoch",
          "at most " + training.count());
    }
    learner.restore(checkpoint.weights(), checkpoint.optimizer(), state.step());
    directory.cutMetricsAfter(state.step());
    LOG.warn(
        "resumed from {}: epoch {}, step {}",
        checkpoint.directory().getFileName(),
        state.position().epoch(),
        state.step());
    return state;
  }

  private void requireSameOrigin(Origin saved) {
    Origin now = origin();
    if (!saved.specSha256().equals(now.specSha256())) {
      throw new ConfigException(
          "--resume",
          "a configuration other than the run's",
          "the one in "
              + directory.files().spec()
              + ", but for training.maximumDuration and backend",
          "leave the configuration out to go on as before, or train in a new run directory");
    }
    if (!saved.dataFingerprint().equals(now.dataFingerprint())) {
      throw new ConfigException(
          "data",
          "files with fingerprint " + now.dataFingerprint(),
          saved.dataFingerprint() + ", as when the run began",
          "put the data back, or train in a new run directory");
    }
  }

  /** What must not change within a run; how long it may last and what it runs on may. */
  private Origin origin() {
    return Origin.of(ConfigWriter.yaml(spec.withoutLimits()), data.fingerprint());
  }

  private End train(TrainingState from, List<Callback> watching) throws IOException {
    List<Callback> all =
        new ArrayList<>(List.of(new MetricsLog(directory), new WritingLog(directory)));
    Duration limit = spec.training().maximumDuration();
    if (limit != null) {
      all.add(new TimeLimit(limit, Duration.ofNanos((long) (from.elapsedSeconds() * 1e9))));
    }
    all.addAll(watching);
    callbacks = List.copyOf(all);
    LOG.info(
        "training {} with {} parameters on {} samples",
        spec.model().title(),
        network.parameters().length(),
        training.samples().size());
    Trainer trainer =
        new Trainer(
            learner, training, validation(), selection, this::save, spec.training(), spec.seed());
    StopReason reason = trainer.run(from, callbacks);
    LOG.info("ended after step {}: {}", trainer.state().step(), reason.label());
    return finish(reason, trainer.state());
  }

  private Validation validation() {
    return new Validation() {
      @Override
      public Map<String, Double> metrics() {
        return data.find(Split.VALIDATION).isPresent()
            ? Evaluator.named(Split.VALIDATION.label(), evaluate(Split.VALIDATION))
            : Map.of();
      }

      @Override
      public Optional<String> writing() {
        return Writing.of(data, network, spec.seed());
      }
    };
  }

  private Evaluation evaluate(Split split) {
    return Evaluator.evaluate(
        new Inference(network, spec.evaluation().horizontalFlip()),
        batches(split, spec.evaluation().batchSize()),
        task.metrics().get(),
        () -> callbacks.forEach(EvaluationStopped::ask));
  }

  private void save(TrainingState state, boolean best) throws IOException {
    checkpoints.save(state, learner.weights(), learner.optimizerState(), best);
    LOG.info("saved step {}{}", state.step(), best ? ", the best so far" : "");
  }

  /** The best weights, measured; a run that is to go on is summed up as it stands. */
  private End finish(StopReason reason, TrainingState state) throws IOException {
    Map<String, Tensor> last = learner.weights();
    if (reason != StopReason.COMPLETED && reason != StopReason.EARLY_STOPPED) {
      return end(reason, state, last, Map.of());
    }
    Optional<Checkpoint> best = checkpoints.best().checkpoint();
    Map<String, Tensor> weights =
        best.map(found -> Learner.inferenceWeights(found.weights(), found.optimizer()))
            .orElse(last);
    network.load(weights);
    Map<Split, Evaluation> evaluations = new LinkedHashMap<>();
    try {
      for (Split split : List.of(Split.VALIDATION, Split.TEST)) {
        if (data.find(split).isPresent()) {
          evaluations.put(split, evaluate(split));
        }
      }
    } catch (EvaluationStopped stopped) { // the last checkpoint is saved: resuming only measures
      return end(stopped.reason(), state, last, Map.of());
    }
    return end(reason, state, weights, evaluations);
  }

  private End end(
      StopReason reason,
      TrainingState state,
      Map<String, Tensor> weights,
      Map<Split, Evaluation> evaluations)
      throws IOException {
    Summary summary = summary(reason, state, weights, evaluations);
    writeAdapters(weights);
    directory.writeSummary(summary);
    RunReports.write(directory, spec, data, evaluations);
    return new End(reason, summary);
  }

  /** What was trained in place of the weights, alone: a small file to go with theirs. */
  private void writeAdapters(Map<String, Tensor> weights) throws IOException {
    LoraSpec lora = spec.fineTuning().lora();
    if (lora != null) {
      Map<String, Tensor> trained = new LinkedHashMap<>(weights);
      trained.keySet().retainAll(LowRankAdaptation.trained(network.graph()));
      Map<String, String> settings =
          Map.of(
              "rank", lora.rank() + "", "alpha", lora.alpha() + "", "model", spec.model().title());
      directory
          .fileSystem()
          .replace(
              directory.files().adapters(), output -> SafeTensors.write(output, trained, settings));
    }
  }

  private Summary summary(
      StopReason reason,
      TrainingState state,
      Map<String, Tensor> weights,
      Map<Split, Evaluation> evaluations) {
    long samples =
        (long) (state.position().epoch() - 1) * training.samples().size()
            + (long) state.position().stepInEpoch() * spec.training().batchSize();
    return new Summary(
        reason.label(),
        state.position().epoch() - 1,
        state.step(),
        state.best(),
        metrics(evaluations.get(Split.VALIDATION)),
        metrics(evaluations.get(Split.TEST)),
        network.parameters().length(),
        Weights.sha256(weights),
        samples / state.elapsedSeconds(),
        state.elapsedSeconds(),
        backend.name());
  }

  private static Map<String, Double> metrics(Evaluation evaluation) {
    return evaluation == null ? Map.of() : evaluation.metrics();
  }
}
