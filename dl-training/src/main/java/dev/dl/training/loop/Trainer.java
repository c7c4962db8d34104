package dev.dl.training.loop;

import dev.dl.core.data.Batch;
import dev.dl.core.data.Batches;
import dev.dl.core.data.Prefetcher;
import dev.dl.core.run.Best;
import dev.dl.training.checkpoint.TrainingState;
import dev.dl.training.checkpoint.TrainingState.Position;
import dev.dl.training.spec.TrainingSpec;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trains until the epochs are done or somebody asks to stop. Knows neither the model nor the files.
 */
public final class Trainer {
  private static final Logger LOG = LoggerFactory.getLogger(Trainer.class);
  private static final int SAMPLES_NAMED = 8;

  private final Learner learner;
  private final Batches training;
  private final Validation validation;
  private final Selection selection;
  private final Saver saver;
  private final TrainingSpec spec;
  private final long seed;
  private TrainingState state;
  private EpochSums sums;
  private final long startNanos = System.nanoTime();
  private double secondsBefore;

  /** What is to be said of the network after an epoch. */
  public interface Validation {
    /** Metrics by name: {@code validation.accuracy}; none where nothing is held out. */
    Map<String, Double> metrics();

    /** A text that a language model writes; empty for other models. */
    Optional<String> writing();
  }

  /** Keeps what a run needs to go on. */
  @FunctionalInterface
  public interface Saver {
    void save(TrainingState state, boolean best) throws IOException;
  }

  public Trainer(
      Learner learner,
      Batches training,
      Validation validation,
      Selection selection,
      Saver saver,
      TrainingSpec spec,
      long seed) {
    this.learner = learner;
    this.training = training;
    this.validation = validation;
    this.selection = selection;
    this.saver = saver;
    this.spec = spec;
    this.seed = seed;
  }

  /**
   * Goes on from a state until the run ends.
   *
   * @param callbacks asked after each step and epoch, in order
   */
  public StopReason run(TrainingState from, List<Callback> callbacks) throws IOException {
    state = from;
    secondsBefore = from.elapsedSeconds();
    for (int epoch = from.position().epoch(); epoch <= spec.epochs(); epoch++) {
      if (selection.exhausted(state.badEpochs())) {
        return StopReason.EARLY_STOPPED;
      }
      Optional<StopReason> stop = epoch(epoch, callbacks);
      if (stop.isPresent()) {
        return stop.get();
      }
    }
    return StopReason.COMPLETED;
  }

  /** Where the run stands. */
  public TrainingState state() {
    return state;
  }

  private Optional<StopReason> epoch(int epoch, List<Callback> callbacks) throws IOException {
    long epochStart = System.nanoTime();
    sums = EpochSums.of(state.accumulators());
    int firstStep = state.position().stepInEpoch();
    try (Prefetcher batches = training.shuffled(seed, epoch, firstStep)) {
      while (batches.hasNext()) {
        StepResult result = step(epoch, batches);
        if (!Double.isFinite(result.loss()) || !Double.isFinite(result.gradientNorm())) {
          return Optional.of(StopReason.DIVERGED);
        }
        Optional<StopReason> stop = ask(callbacks, callback -> callback.afterStep(result));
        if (stop.isPresent() || isDue(spec.checkpoint().everySteps(), result.step())) {
          saver.save(state, false);
        }
        if (stop.isPresent()) {
          return stop;
        }
      }
    }
    EpochResult result;
    try {
      result = endEpoch(epoch, epochStart);
    } catch (EvaluationStopped stopped) { // a resumed run finds no step left, and evaluates
      saver.save(state, false);
      return Optional.of(stopped.reason());
    }
    Optional<StopReason> stop = ask(callbacks, callback -> callback.afterEpoch(result));
    boolean last = epoch == spec.epochs() || selection.exhausted(state.badEpochs());
    if (result.best()
        || stop.isPresent()
        || last
        || isDue(spec.checkpoint().everyEpochs(), epoch)) {
      saver.save(state, result.best());
    }
    return stop;
  }

  private StepResult step(int epoch, Prefetcher batches) {
    long start = System.nanoTime();
    Duration waitedBefore = batches.waited();
    Batch batch = batches.next();
    Position position = state.position();
    Learner.Update update = learner.step(batch, position.step());
    Position reached = new Position(position.step() + 1, epoch, position.stepInEpoch() + 1);
    StepResult result =
        new StepResult(
            reached.step(),
            epoch,
            reached.stepInEpoch(),
            training.count(),
            batch.size(),
            update.loss(),
            update.accuracy(),
            update.learningRate(),
            update.gradientNorm(),
            Duration.ofNanos(System.nanoTime() - start),
            batches.waited().minus(waitedBefore));
    if (update.applied()) {
      sums.add(result);
      state = at(reached, state.best(), state.badEpochs(), state.metrics(), sums.saved());
    } else {
      tellDivergence(result, batch);
    }
    return result;
  }

  private static void tellDivergence(StepResult result, Batch batch) {
    LOG.error(
        "step {}: loss {} and gradient norm {}, expected finite numbers; the update was not made. First samples of the"
            + " batch: {}. Lower optimizer.learningRate, set training.maximumGradientNorm, or check the data",
        result.step(),
        result.loss(),
        result.gradientNorm(),
        Arrays.stream(batch.samples()).limit(SAMPLES_NAMED).boxed().toList());
  }

  private EpochResult endEpoch(int epoch, long epochStart) {
    Map<String, Double> metrics = new LinkedHashMap<>(sums.metrics());
    Optional<String> writing =
        learner.withInferenceWeights(
            () -> {
              metrics.putAll(validation.metrics());
              return validation.writing();
            });
    long step = state.position().step();
    double value = metrics.getOrDefault(selection.metric(), Double.NaN);
    Best before = state.best();
    double bestBefore =
        before == null
            ? selection.worst()
            : before.metrics().getOrDefault(selection.metric(), selection.worst());
    boolean best = selection.improves(value, bestBefore);
    state =
        at(
            new Position(step, epoch + 1, 0),
            best ? new Best(epoch, step, metrics) : before,
            best ? 0 : state.badEpochs() + 1,
            metrics,
            Map.of());
    return new EpochResult(
        epoch,
        spec.epochs(),
        step,
        metrics,
        sums.samplesPerSecond(),
        sums.dataWaitShare(),
        Duration.ofNanos(System.nanoTime() - epochStart),
        best,
        writing);
  }

  private TrainingState at(
      Position position,
      Best best,
      int badEpochs,
      Map<String, Double> metrics,
      Map<String, Double> accumulators) {
    double elapsed = secondsBefore + (System.nanoTime() - startNanos) / 1e9;
    return new TrainingState(
        position, best, badEpochs, metrics, accumulators, elapsed, state.origin());
  }

  private static boolean isDue(Integer interval, long count) {
    return interval != null && count % interval == 0;
  }

  /** Asks every callback, also after one has given a reason; the first reason counts. */
  private static Optional<StopReason> ask(
      List<Callback> callbacks, Function<Callback, Optional<StopReason>> question) {
    Optional<StopReason> reason = Optional.empty();
    for (Callback callback : callbacks) {
      Optional<StopReason> answer = question.apply(callback);
      reason = reason.isPresent() ? reason : answer;
    }
    return reason;
  }
}
