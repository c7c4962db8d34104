package dev.dl.cli.command;

import dev.dl.core.backend.Backend;
import dev.dl.core.config.ConfigException;
import dev.dl.core.run.RunDirectory;
import dev.dl.core.run.RunFiles;
import dev.dl.models.KnownModels;
import dev.dl.training.checkpoint.CheckpointReader;
import dev.dl.training.checkpoint.TrainingState;
import dev.dl.training.loop.EpochLimit;
import dev.dl.training.loop.StopReason;
import dev.dl.training.search.Search;
import dev.dl.training.search.Search.Outcome;
import dev.dl.training.search.Trial;
import dev.dl.training.search.TuneDirectory;
import dev.dl.training.search.TuneSpec;
import dev.dl.training.spec.RunSpec;
import dev.dl.training.study.Cell;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;

/**
 * Trains the trials of a search, each in a run directory of its own from which it goes on. Only the
 * validation split is measured.
 */
record TrialTrainer(
    RunServices services,
    TuneSpec tune,
    TuneDirectory directory,
    KnownModels models,
    Backend backend,
    StopSignals signals)
    implements Search.Trainer {

  @Override
  public Outcome train(Trial trial, int epochs, Optional<Duration> limit) throws IOException {
    if (signals.received().isPresent()) {
      return new Search.Stopped();
    }
    try {
      Cell cell = new Cell(spec(trial, "trial-" + trial.number()), directory.trial(trial.number()));
      cell.prepare();
      boolean reached = reached(cell.files(), epochs);
      StopReason reason = reached ? StopReason.INTERRUPTED : train(cell, epochs, limit);
      return switch (reason) {
        case DIVERGED -> new Search.Failed("diverged");
        case TIME_LIMIT -> new Search.OutOfTime();
        default ->
            reached || reached(cell.files(), epochs)
                ? result(cell.files(), epochs)
                : new Search.Stopped();
      };
    } catch (ConfigException | OutOfMemoryError refused) {
      if (trial.number() == 0) { // what the base cannot do, nobody can
        throw refused;
      }
      return new Search.Failed(Failure.of(refused).message());
    }
  }

  /** The base with a trial's values. */
  RunSpec spec(Trial trial, String name) throws IOException {
    List<String> overrides = new ArrayList<>();
    tune.fixed().forEach((field, value) -> overrides.add(field + "=" + value));
    trial.values().forEach((field, value) -> overrides.add(field + "=" + value));
    overrides.add("name=" + name);
    return SpecFile.read(directory.base(), overrides, models).withoutMaximumDuration();
  }

  private StopReason train(Cell cell, int epochs, Optional<Duration> limit) throws IOException {
    RunSpec spec = limit.isPresent() ? cell.spec().withMaximumDuration(limit.get()) : cell.spec();
    List<String> words = List.of("tune", tune.name(), cell.name());
    try (RunDirectory run = RunDirectory.open(cell.directory())) {
      Training training = new Training(spec, models, run, true, null, backend, words);
      return services.train(training, List.of(new EpochLimit(epochs), signals)).reason();
    }
  }

  /** Whether a trial has been trained so far, as its last checkpoint says. */
  private static boolean reached(RunFiles files, int epochs) throws IOException {
    return state(files).map(state -> state.position().epoch() > epochs).orElse(false);
  }

  private static Optional<TrainingState> state(RunFiles files) throws IOException {
    return new CheckpointReader(files).latest().checkpoint().map(found -> found.state());
  }

  private Outcome result(RunFiles files, int epochs) throws IOException {
    List<Map<String, Object>> lines =
        files.readMetrics().stream()
            .filter(line -> "epoch".equals(line.get("kind")))
            .filter(line -> line.get("epoch") instanceof Number epoch && epoch.intValue() <= epochs)
            .toList();
    if (lines.stream().noneMatch(line -> line.containsKey(tune.metric()))) {
      List<String> known =
          lines.stream()
              .flatMap(line -> line.keySet().stream())
              .filter(name -> name.startsWith("validation."))
              .distinct()
              .toList();
      throw new ConfigException("metric", tune.metric(), "one of " + known, "");
    }
    DoubleStream values =
        lines.stream()
            .map(line -> line.get(tune.metric()))
            .filter(Number.class::isInstance)
            .mapToDouble(value -> ((Number) value).doubleValue())
            .filter(Double::isFinite);
    OptionalDouble best = tune.moreIsBetter() ? values.max() : values.min();
    double seconds = state(files).map(TrainingState::elapsedSeconds).orElse(0.0);
    return best.isPresent()
        ? new Search.Reached(new Trial.Result(epochs, best.getAsDouble(), seconds))
        : new Search.Failed(tune.metric() + " is no number");
  }
}
