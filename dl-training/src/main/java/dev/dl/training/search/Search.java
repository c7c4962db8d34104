package dev.dl.training.search;

import dev.dl.core.random.Draws;
import dev.dl.core.random.RandomStream;
import dev.dl.training.search.Trial.Result;
import dev.dl.training.search.TuneSpec.Method;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/**
 * A search, one trial after the other: first the base as it is, to its end, then trials as {@link
 * Halving} and the method have it. What comes next is a function of the spec and the journal.
 */
public final class Search {
  private static final int BASE = 0;
  private static final int REDRAWS = 100;

  private final TuneSpec spec;
  private final Space space;
  private final Halving halving;
  private final Journal journal;

  /** Trains a trial until it has had so many epochs, or goes on with it. */
  @FunctionalInterface
  public interface Trainer {

    /**
     * Trains.
     *
     * @param limit of the time that the trial may have had in all; empty for none
     */
    Outcome train(Trial trial, int epochs, Optional<Duration> limit) throws IOException;
  }

  /** How it went. */
  public sealed interface Outcome {}

  /** The trial has had its epochs. */
  public record Reached(Result result) implements Outcome {}

  /** The trial can come to nothing. */
  public record Failed(String reason) implements Outcome {}

  /** The trial was saved before it had its epochs, to go on another time. */
  public record Stopped() implements Outcome {}

  /** The trial was saved, since the budget of time is spent. */
  public record OutOfTime() implements Outcome {}

  private record Job(Trial trial, int epochs) {}

  /** What the journal says, the base apart. */
  private record Known(Optional<Trial> base, List<Trial> trials) {}

  private Search(TuneSpec spec, int epochs, Journal journal) {
    this.spec = spec;
    this.space = new Space(spec.space());
    this.halving = Halving.of(spec.halving(), epochs, spec.moreIsBetter());
    this.journal = journal;
  }

  /**
   * Begins a search, or takes one up.
   *
   * @param epochs of a whole training
   * @param journal file that may be there
   */
  public static Search open(TuneSpec spec, int epochs, Path journal) throws IOException {
    return new Search(spec, epochs, Journal.open(journal));
  }

  /**
   * Searches to the end of the trials or the budget.
   *
   * @param told of each trial that was trained, with what it is worth now
   * @return false if it was stopped before
   */
  public boolean run(Trainer trainer, BiConsumer<Trial, TuneReport> told) throws IOException {
    for (Optional<Job> job = next(); job.isPresent(); job = next()) {
      Trial trial = job.get().trial;
      Outcome outcome = trainer.train(trial, job.get().epochs, limit(trial));
      if (outcome instanceof Reached reached) {
        journal.note(trial, reached.result);
      } else if (outcome instanceof Failed failed) {
        journal.fail(trial, failed.reason);
      } else {
        return outcome instanceof OutOfTime;
      }
      told.accept(journal.trials().get(trial.number()), report());
    }
    return true;
  }

  private Known known() {
    List<Trial> all = journal.trials();
    return new Known(
        all.stream().filter(trial -> trial.number() == BASE).findFirst(),
        all.stream().filter(trial -> trial.number() != BASE).toList());
  }

  private Optional<Job> next() throws IOException {
    Known known = known();
    if (known.base.isEmpty()) {
      journal.choose(Trial.of(BASE, Map.of()));
      return next();
    }
    Trial base = known.base.get();
    if (base.rungs() == 0 && base.failure() == null) {
      return Optional.of(new Job(base, halving.epochs()));
    }
    Stream<Trial> begun =
        known.trials.stream().filter(trial -> trial.rungs() == 0 && trial.failure() == null);
    Optional<Job> job =
        Stream.concat(begun, halving.promotable(known.trials).stream())
            .map(trial -> new Job(trial, halving.next(trial)))
            .filter(this::affordable)
            .findFirst();
    return job.isPresent() ? job : chosen(known.trials);
  }

  /** A new trial, noted before anything comes of it. */
  private Optional<Job> chosen(List<Trial> trials) throws IOException {
    Job blank = new Job(Trial.of(trials.size() + 1, Map.of()), halving.rungs().get(0));
    if (trials.size() >= spec.trials() || !affordable(blank)) {
      return Optional.empty();
    }
    Draws draws = Draws.of(spec.seed(), RandomStream.SEARCH.at(0), blank.trial.number());
    Optional<Map<String, String>> values =
        Stream.generate(() -> draw(trials, draws))
            .limit(REDRAWS)
            .filter(drawn -> trials.stream().noneMatch(trial -> trial.values().equals(drawn)))
            .findFirst();
    if (values.isEmpty()) { // all that there is to choose from has been tried
      return Optional.empty();
    }
    Trial trial = Trial.of(blank.trial.number(), values.get());
    journal.choose(trial);
    return Optional.of(new Job(trial, blank.epochs));
  }

  private Map<String, String> draw(List<Trial> trials, Draws draws) {
    if (spec.method() == Method.RANDOM || trials.size() < Tpe.RANDOM_TRIALS) {
      return space.choose((field, dimension) -> dimension.at(draws.uniform()));
    }
    Tpe tpe = Tpe.of(halving.ranked(trials).stream().map(Trial::values).toList());
    return space.choose((field, dimension) -> tpe.choose(field, dimension, draws));
  }

  private boolean affordable(Job job) {
    boolean epochs =
        spec.budget().epochs() == null
            || epochsSpent() + job.epochs - job.trial.epochs() <= spec.budget().epochs();
    return epochs && limit(job.trial).map(limit -> !limit.isZero()).orElse(true);
  }

  /** Of the time that a trial may have had in all. */
  private Optional<Duration> limit(Trial trial) {
    Duration budget = spec.budget().duration();
    if (budget == null) {
      return Optional.empty();
    }
    double left = budget.toMillis() / 1e3 - secondsSpent();
    return Optional.of(
        left <= 0
            ? Duration.ZERO
            : Duration.ofMillis((long) Math.ceil(1000 * (left + trial.seconds()))));
  }

  private double secondsSpent() {
    return journal.trials().stream().mapToDouble(Trial::seconds).sum();
  }

  /** Of trials that failed on the way to a rung, all epochs up to there. */
  private int epochsSpent() {
    return journal.trials().stream()
        .mapToInt(
            trial -> {
              boolean base = trial.number() == BASE;
              return trial.failure() == null
                  ? trial.epochs()
                  : base ? halving.epochs() : halving.next(trial);
            })
        .sum();
  }

  /** What the search has come to. */
  public TuneReport report() {
    Known known = known();
    List<Trial> ranked = halving.ranked(known.trials);
    Optional<Trial> base = known.base.filter(trial -> trial.rungs() > 0);
    Optional<Trial> best = halving.best(known.trials);
    boolean better = best.isPresent() && (base.isEmpty() || score(best.get()) > score(base.get()));
    return new TuneReport(
        spec.name(),
        spec.method(),
        spec.metric(),
        epochsSpent(),
        secondsSpent(),
        base.map(trial -> trial.last().value()).orElse(null),
        better ? best.get() : null,
        Importance.of(space, halving, tried(ranked)),
        ranked);
  }

  private static List<Trial> tried(List<Trial> ranked) {
    return ranked.stream().filter(trial -> trial.rungs() > 0 || trial.failure() != null).toList();
  }

  private double score(Trial trial) {
    return halving.score(trial.last().value());
  }
}
