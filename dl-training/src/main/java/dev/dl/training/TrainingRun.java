package dev.dl.training;

import dev.dl.core.backend.Backend;
import dev.dl.core.backend.Compute;
import dev.dl.core.config.ConfigWriter;
import dev.dl.core.data.Batch;
import dev.dl.core.data.Batches;
import dev.dl.core.data.DataSplits;
import dev.dl.core.data.Preprocessing;
import dev.dl.core.data.Samples;
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
import dev.dl.core.tensorfile.Tensor;
import dev.dl.models.KnownModels;
import dev.dl.models.network.Network;
import dev.dl.training.checkpoint.BackgroundSaver;
import dev.dl.training.checkpoint.BackgroundSaver.Snapshot;
import dev.dl.training.checkpoint.Checkpoint;
import dev.dl.training.checkpoint.CheckpointStore;
import dev.dl.training.checkpoint.Remedies;
import dev.dl.training.checkpoint.TrainingState;
import dev.dl.training.checkpoint.TrainingState.Origin;
import dev.dl.training.checkpoint.TrainingState.Position;
import dev.dl.training.evaluation.Evaluator;
import dev.dl.training.evaluation.Inference;
import dev.dl.training.loop.Callback;
import dev.dl.training.loop.EvaluationStopped;
import dev.dl.training.loop.Learner;
import dev.dl.training.loop.LossSpikes;
import dev.dl.training.loop.MetricsLog;
import dev.dl.training.loop.Selection;
import dev.dl.training.loop.StopReason;
import dev.dl.training.loop.TimeLimit;
import dev.dl.training.loop.Trainer;
import dev.dl.training.loop.Trainer.Saver;
import dev.dl.training.loop.Trainer.Validation;
import dev.dl.training.loop.WritingLog;
import dev.dl.training.memory.MemoryLimit;
import dev.dl.training.optimizer.FineTuning;
import dev.dl.training.preview.BatchPreview;
import dev.dl.training.spec.DistillationSpec;
import dev.dl.training.spec.NonFiniteSpec.Action;
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
  private final Teacher teacher;
  private final Network network;
  private final Probe probe;
  private final Network trained;
  private final PretrainedStart pretrained;
  private final Inference inference;
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
    this.selection =
        SelectionChoice.of(
            spec.training().earlyStopping(),
            spec.schedule(),
            task,
            data.find(Split.VALIDATION).isPresent());
    this.compute = Compute.on(backend, convolutions);
    this.teacher = teacher(start);
    Loss hard = LossChoice.of(spec.training().loss(), task.head(), data.train());
    Loss loss = teacher == null ? hard : teacher.loss(hard);
    LOG.info("loss {}", loss);
    LossChoice.advice(
            spec.training().loss(), task.head(), data.preprocessing().classNames(), data.train())
        .ifPresent(LOG::warn);
    this.network = task.network(spec, start.models, loss, compute.kernels());
    this.inference = new Inference(network, spec.evaluation().horizontalFlip());
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
    this.training = new Batches(data.train(), spec.training().batchSize());
    FineTuning tuning = FineTuning.of(spec.fineTuning(), network.graph(), training.count());
    this.probe = spec.fineTuning().probe() ? Probe.of(network, tuning) : null;
    this.trained = probe == null ? network : probe.trained();
    this.learner =
        Learner.of(
            trained,
            teacher == null ? Batch::targets : teacher::targets,
            tuning,
            spec,
            training.count(),
            compute.updates());
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
    Provenance.Backend recorded = directory.files().readProvenance().backend();
    TrainingRun run = new TrainingRun(start, directory, recorded.convolutions(), false);
    String kernels = run.compute.kernels().name();
    if (!kernels.equals(recorded.kernels())) {
      LOG.warn(
          "the kernels were {} and are {} now: the same to within rounding, not bit by bit",
          recorded.kernels(),
          kernels);
    }
    if (run.teacher != null) {
      run.teacher.requireSame(directory.files().readProvenance().teacher());
    }
    return run.train(run.restored(), callbacks);
  }

  private static TrainingRun prepared(Start start, RunDirectory directory) throws IOException {
    Optional<Provenance> recorded = RunProvenance.recorded(start);
    ConvolutionRule rule =
        recorded.map(before -> before.backend().convolutions()).orElse(ConvolutionRule.LEAST_COST);
    TrainingRun run = new TrainingRun(start, directory, rule, true);
    Provenance provenance =
        RunProvenance.of(
            start, run.compute, rule, run.data.fingerprint(), run.pretrained, run.teacher);
    recorded.ifPresent(before -> RunProvenance.requireSameData(before, provenance));
    directory.writeProvenance(provenance);
    Preprocessing preprocessing = run.data.preprocessing();
    Batch first = run.training.first(start.spec.seed());
    if (run.probe == null) {
      MemoryLimit.check(run.network, run.learner, first, start.spec.training());
    }
    if (run.probe == null && start.spec.training().preflight()) {
      new Preflight(run.learner, run.inference, run.task, run.data, first, start.spec.training())
          .run(directory, run.fresh());
    }
    BatchPreview preview = BatchPreview.of(first, preprocessing);
    if (run.pretrained != null) {
      directory.writePretrained(run.pretrained.account());
      try (BackgroundSaver saver = new BackgroundSaver(run.checkpoints)) {
        run.saving(saver).save(run.fresh(), false); // a resumed run does not need the file
      }
    }
    directory.writeSample(RunReports.FIRST_BATCH + preview.ending(), preview.content());
    directory.writePreprocessing(preprocessing, preprocessing.files());
    return run;
  }

  private Teacher teacher(Start start) throws IOException {
    DistillationSpec asked = spec.training().distillation();
    return asked == null
        ? null
        : Teacher.open(
            asked,
            start.workingDirectory,
            start.models,
            compute,
            task.head(),
            data.preprocessing());
  }

  private TrainingState fresh() throws IOException {
    directory.cutMetrics(0, 1);
    return new TrainingState(
        new Position(0, 1, 0), null, 0, 0, Map.of(), Map.of(), 0, origin(), Remedies.NONE);
  }

  private TrainingState restored() throws IOException {
    Optional<Checkpoint> newest =
        ResumePoint.of(
            checkpoints.latest(),
            directory.files(),
            origin(),
            spec.model().pretrained() != null); // their file is not read again
    if (newest.isEmpty()) {
      return fresh();
    }
    Checkpoint checkpoint = newest.get();
    Position position = checkpoint.state().position();
    if (position.stepInEpoch() > training.count()) {
      throw new DamagedFileException(
          checkpoint.directory(),
          "step " + position.stepInEpoch() + " of an epoch",
          "at most " + training.count());
    }
    TrainingState state = load(checkpoint);
    LOG.warn(
        "resumed from {}: epoch {}, step {}",
        checkpoint.directory().getFileName(),
        state.position().epoch(),
        state.step());
    return state;
  }

  private TrainingState load(Checkpoint checkpoint) throws IOException {
    TrainingState state = checkpoint.state();
    network.load(checkpoint.weights());
    learner.restore(checkpoint.weights(), checkpoint.optimizer(), state.step());
    directory.cutMetrics(state.step(), state.position().epoch());
    return state;
  }

  /** What must not change within a run; how long it may last and what it runs on may. */
  private Origin origin() {
    return Origin.of(ConfigWriter.yaml(spec.withoutLimits()), data.fingerprint());
  }

  private End train(TrainingState from, List<Callback> watching) throws IOException {
    List<Callback> all =
        new ArrayList<>(
            List.of(
                new MetricsLog(directory), new LossSpikes(directory), new WritingLog(directory)));
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
    Learner.noticeOfAccumulation(spec.training(), network.graph()).ifPresent(LOG::warn);
    Map<Split, Samples> seen = probe == null ? data.samples() : probe.features(data, spec);
    StopReason reason;
    Trainer trainer;
    try (BackgroundSaver background = new BackgroundSaver(checkpoints)) {
      Saver saver = saving(background);
      boolean rollsBack = spec.training().onNonFinite().action() == Action.ROLLBACK;
      if (rollsBack && checkpoints.latest().checkpoint().isEmpty()) {
        saver.save(from, false);
      }
      trainer =
          new Trainer(
              learner,
              new Batches(seen.get(Split.TRAIN), training.batchSize()),
              validation(seen.get(Split.VALIDATION)),
              selection,
              saver,
              spec.training(),
              spec.seed());
      reason = trainer.run(from, callbacks);
    }
    LOG.info("ended after step {}: {}", trainer.state().step(), reason.label());
    RunEnding ending =
        new RunEnding(
            spec, directory, backend, data, task, inference, checkpoints, this::askCallbacks);
    return ending.of(reason, trainer.state(), weights());
  }

  /**
   * @param samples null where nothing is held out
   */
  private Validation validation(Samples samples) {
    return new Validation() {
      @Override
      public Map<String, Double> metrics() {
        return samples == null
            ? Map.of()
            : Evaluator.named(Split.VALIDATION.label(), evaluate(trained, samples));
      }

      @Override
      public Optional<String> writing() {
        return Writing.of(data, network, spec.seed());
      }
    };
  }

  private Evaluation evaluate(Network measured, Samples samples) {
    return Evaluator.evaluate(
        measured == network
            ? inference
            : new Inference(measured, spec.evaluation().horizontalFlip()),
        new Batches(samples, spec.evaluation().batchSize()),
        task.metrics().get(),
        this::askCallbacks);
  }

  private void askCallbacks() {
    callbacks.forEach(EvaluationStopped::ask);
  }

  /** Of the whole network, also where only the end of it is trained. */
  private Map<String, Tensor> weights() {
    if (probe == null) {
      return learner.weights();
    }
    Map<String, Tensor> weights = new LinkedHashMap<>(network.weights());
    weights.putAll(learner.weights());
    return weights;
  }

  private Saver saving(BackgroundSaver background) {
    return new Saver() {
      @Override
      public void save(TrainingState state, boolean best) throws IOException {
        background.save(() -> new Snapshot(state, weights(), learner.optimizerState(), best));
      }

      @Override
      public void check() throws IOException {
        background.check();
      }

      @Override
      public TrainingState restore() throws IOException {
        background.await();
        return load(
            checkpoints
                .latest()
                .checkpoint()
                .orElseThrow(
                    () ->
                        new DamagedFileException(
                            directory.files().checkpoints(),
                            "no whole checkpoint",
                            "one to go back to")));
      }
    };
  }
}
