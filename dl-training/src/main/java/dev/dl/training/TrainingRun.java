package dev.dl.training;

import dev.dl.core.backend.Backend;
import dev.dl.core.config.ConfigWriter;
import dev.dl.core.data.Batch;
import dev.dl.core.data.Batches;
import dev.dl.core.data.DataSplits;
import dev.dl.core.data.Preprocessing;
import dev.dl.core.data.Samples;
import dev.dl.core.data.Split;
import dev.dl.core.data.problem.DataException;
import dev.dl.core.kernel.ConvolutionRule;
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
import dev.dl.training.loop.DispensableSink;
import dev.dl.training.loop.EvaluationStopped;
import dev.dl.training.loop.Learner;
import dev.dl.training.loop.LossSpikes;
import dev.dl.training.loop.MetricsLog;
import dev.dl.training.loop.MetricsSink;
import dev.dl.training.loop.StopFile;
import dev.dl.training.loop.StopReason;
import dev.dl.training.loop.TimeLimit;
import dev.dl.training.loop.Trainer;
import dev.dl.training.loop.Trainer.Saver;
import dev.dl.training.loop.Trainer.Validation;
import dev.dl.training.loop.WritingLog;
import dev.dl.training.memory.MemoryLimit;
import dev.dl.training.preview.BatchPreview;
import dev.dl.training.spec.NonFiniteSpec.Action;
import dev.dl.training.spec.RunSpec;
import dev.dl.training.tensorboard.EventLog;
import java.io.IOException;
import java.io.UncheckedIOException;
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
  private final Setup setup;
  private final DataSplits data;
  private final Network network;
  private final Inference inference;
  private final Learner learner;
  private final Batches training;
  private final CheckpointStore checkpoints;
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
    this.setup = Setup.of(start, convolutions, fresh);
    this.data = setup.data();
    this.network = setup.network();
    this.inference = new Inference(network, spec.evaluation().horizontalFlip());
    this.learner = setup.learner();
    this.training = setup.training();
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
    return inPlace(
        directory,
        () -> {
          directory.writeSpec(start.spec);
          TrainingRun run;
          try {
            run = prepared(start, directory);
          } catch (IOException | RuntimeException | Error failure) {
            directory.discard();
            throw failure;
          }
          return run.train(run.fresh(), callbacks);
        });
  }

  @FunctionalInterface
  private interface Work {
    End toItsEnd() throws IOException;
  }

  /** Runs work to whose failures it belongs that the directory may vanish. */
  private static End inPlace(RunDirectory directory, Work work) throws IOException {
    try {
      return work.toItsEnd();
    } catch (UncheckedIOException failure) {
      throw directory.told(failure.getCause());
    } catch (IOException failure) {
      throw directory.told(failure);
    }
  }

  /** Goes on from the newest whole checkpoint; from the beginning when there is none yet. */
  public static End resume(Start start, RunDirectory directory, List<Callback> callbacks)
      throws IOException {
    if (!Files.exists(directory.files().preprocessing())) { // killed while it was prepared
      return inPlace(
          directory,
          () -> {
            TrainingRun run = prepared(start, directory);
            return run.train(run.fresh(), callbacks);
          });
    }
    RecordedPlugin.requireSame(directory.files(), start.models);
    Provenance.Backend recorded = directory.files().readProvenance().backend();
    TrainingRun run = new TrainingRun(start, directory, recorded.convolutions(), false);
    String kernels = run.setup.compute().kernels().name();
    if (!kernels.equals(recorded.kernels())) {
      LOG.warn(
          "the kernels were {} and are {} now: the same to within rounding, not bit by bit",
          recorded.kernels(),
          kernels);
    }
    if (start.backend.workers() != recorded.workers()) {
      LOG.warn(
          "the devices that share a batch were {} and are {} now: the same to within rounding, not bit by bit",
          recorded.workers(),
          start.backend.workers());
    }
    if (run.setup.teacher() != null) {
      run.setup.teacher().requireSame(directory.files().readProvenance().teacher());
    }
    return inPlace(directory, () -> run.train(run.restored(), callbacks));
  }

  private static TrainingRun prepared(Start start, RunDirectory directory) throws IOException {
    Optional<Provenance> recorded = RunProvenance.recorded(start);
    ConvolutionRule rule =
        recorded.map(before -> before.backend().convolutions()).orElse(ConvolutionRule.CURRENT);
    TrainingRun run = new TrainingRun(start, directory, rule, true);
    Provenance provenance =
        RunProvenance.of(
            start,
            run.setup.compute(),
            rule,
            run.data.fingerprint(),
            run.setup.pretrained(),
            run.setup.teacher());
    recorded.ifPresent(before -> RunProvenance.requireSameData(before, provenance));
    directory.writeProvenance(provenance);
    Preprocessing preprocessing = run.data.preprocessing();
    Batch first = run.training.first(start.spec.seed());
    if (run.setup.probe() == null) {
      MemoryLimit.check(run.network, run.learner, first, start.spec.training());
    }
    if (run.setup.probe() == null && start.spec.training().preflight()) {
      new Preflight(
              run.learner, run.inference, run.setup.task(), run.data, first, start.spec.training())
          .run(directory, run.fresh());
    }
    BatchPreview preview = BatchPreview.of(first, preprocessing);
    if (run.setup.pretrained() != null) {
      directory.writePretrained(run.setup.pretrained().account());
      try (BackgroundSaver saver = new BackgroundSaver(run.checkpoints)) {
        run.saving(saver).save(run.fresh(), false); // a resumed run does not need the file
      }
    }
    directory.writeSample(RunReports.FIRST_BATCH + preview.ending(), preview.content());
    directory.writePreprocessing(preprocessing, preprocessing.files());
    return run;
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

  /** Where metrics go: into metrics.jsonl first, so that a failure there ends the run. */
  private List<MetricsSink> sinks(TrainingState from) {
    List<MetricsSink> sinks = new ArrayList<>(List.of(directory::appendMetrics));
    if (spec.report().tensorboard()) {
      sinks.add(
          DispensableSink.open("report.tensorboard", () -> EventLog.begin(directory, from.step())));
    }
    return sinks;
  }

  private End train(TrainingState from, List<Callback> watching) throws IOException {
    List<Callback> all =
        new ArrayList<>(
            List.of(
                new MetricsLog(sinks(from)),
                new LossSpikes(directory),
                new WritingLog(directory),
                new StopFile(directory)));
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
    Learner.noticeOfAccumulation(spec.training(), network, backend.workers()).ifPresent(LOG::warn);
    Map<Split, Samples> seen = setup.seen();
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
              setup.selection(),
              saver,
              spec.training(),
              spec.seed());
      reason = trainer.run(from, callbacks);
    }
    LOG.info("ended after step {}: {}", trainer.state().step(), reason.label());
    RunEnding ending =
        new RunEnding(
            spec,
            directory,
            backend,
            data,
            setup.task(),
            inference,
            checkpoints,
            this::askCallbacks);
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
            : Evaluator.named(Split.VALIDATION.label(), evaluate(setup.trained(), samples));
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
        setup.task().metrics().get(),
        this::askCallbacks);
  }

  private void askCallbacks() {
    callbacks.forEach(EvaluationStopped::ask);
  }

  /** Of the whole network, also where only the end of it is trained. */
  private Map<String, Tensor> weights() {
    if (setup.probe() == null) {
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
                .latestScheduled()
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
