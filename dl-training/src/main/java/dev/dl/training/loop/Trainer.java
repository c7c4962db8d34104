package dev.dl.training.loop;

import dev.dl.core.data.Batch;
import dev.dl.core.data.Batches;
import dev.dl.core.data.Prefetcher;
import dev.dl.core.run.Best;
import dev.dl.training.checkpoint.Remedies;
import dev.dl.training.checkpoint.TrainingState;
import dev.dl.training.checkpoint.TrainingState.Position;
import dev.dl.training.spec.NonFiniteSpec.Action;
import dev.dl.training.spec.TrainingSpec;
import java.io.IOException;
import java.time.Duration;
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
  public interface Saver {
    /** Begins to save a state, with the learner as it is now; training may go on meanwhile. */
    void save(TrainingState state, boolean best) throws IOException;

    /** Throws if something that was to be saved could not be; does not wait for it. */
    void check() throws IOException;

    /** Brings the learner back to the last scheduled checkpoint, and returns its state. */
    TrainingState restore() throws IOException;
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
    if (from.remedies().microBatchSize() != null) {
      learner.setMicroBatchSize(from.remedies().microBatchSize());
    }
    while (!isComplete()) {
      if (selection.exhausted(state.badEpochs())) {
        return StopReason.EARLY_STOPPED;
      }
      Optional<StopReason> stop = epoch(state.position().epoch(), callbacks);
      if (stop.isPresent()) {
        return stop.get();
      }
    }
    return StopReason.COMPLETED;
  }

  private boolean isComplete() {
    // Inside of an epoch, its end and evaluation are still to come.
    return state.position().epoch() > spec.epochs()
        || (state.position().stepInEpoch() == 0 && stepsAreDone());
  }

  private boolean stepsAreDone() {
    return spec.maximumSteps() != null && state.step() >= spec.maximumSteps();
  }

  /** Where the run stands. */
  public TrainingState state() {
    return state;
  }

  /** Trains to the end of an epoch, or to a step after which the state is that of a checkpoint. */
  private Optional<StopReason> epoch(int epoch, List<Callback> callbacks) throws IOException {
    long epochStart = System.nanoTime();
    sums = EpochSums.of(state.accumulators());
    int firstStep = state.position().stepInEpoch();
    learner.plateaus(state.plateaus());
    try (Prefetcher batches = training.shuffled(seed, epoch, firstStep)) {
      while (!stepsAreDone() && batches.hasNext()) {
        saver.check();
        long stepStart = System.nanoTime();
        Duration waitedBefore = batches.waited();
        Batch batch = batches.next().without(state.remedies().passedOver());
        if (batch.size() == 0) {
          passOver();
          continue;
        }
        batches.ready().ifPresent(learner::announce);
        Learner.Update update = learner.step(batch, state.step());
        if (!update.applied()) {
          switch (recover(batch, update)) {
            case STOP -> {
              return Optional.of(StopReason.DIVERGED);
            }
            case SKIP -> {
              continue;
            }
            case ROLLBACK -> {
              return Optional.empty();
            }
          }
        }
        StepResult result =
            stepped(
                batch,
                update,
                Duration.ofNanos(System.nanoTime() - stepStart),
                batches.waited().minus(waitedBefore));
        Optional<StopReason> stop = ask(callbacks, callback -> callback.afterStep(result));
        if (stop.isPresent() || spec.checkpoint().isDueAfterStep(result.step())) {
          save(false);
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
    boolean last =
        epoch == spec.epochs() || stepsAreDone() || selection.exhausted(state.badEpochs());
    if (result.best() || stop.isPresent() || last || spec.checkpoint().isDueAfterEpoch(epoch)) {
      save(result.best());
    }
    return stop;
  }

  /** Saves the state, unless it is one from which no run could go on. */
  private boolean save(boolean best) throws IOException {
    boolean finite = learner.isFinite();
    if (finite) {
      // Batches that were passed over lead from a state that was best to another of its step.
      boolean still = state.best() != null && state.best().step() == state.step();
      saver.save(state, best || still);
    } else {
      LOG.warn("step {}: not saved, since the weights are not finite", state.step());
    }
    return finite;
  }

  /** Notes an update that was made. */
  private StepResult stepped(
      Batch batch, Learner.Update update, Duration duration, Duration dataWait) {
    Position position = state.position();
    Position reached =
        new Position(position.step() + 1, position.epoch(), position.stepInEpoch() + 1);
    StepResult result =
        new StepResult(
            reached.step(),
            reached.epoch(),
            reached.stepInEpoch(),
            training.count(),
            batch.size(),
            update.loss(),
            update.accuracy(),
            update.learningRate(),
            update.gradientNorm(),
            duration,
            dataWait);
    sums.add(result);
    int microBatchSize = learner.microBatchSize();
    Remedies remedies =
        microBatchSize < spec.samplesAtOnce()
            ? state.remedies().withMicroBatchSize(microBatchSize)
            : state.remedies();
    state = at(reached, sums.saved()).with(remedies);
    return result;
  }

  /** Goes on behind a batch that gives no update. */
  private void passOver() {
    state = at(state.position().afterNextBatch(), state.accumulators());
  }

  /** Goes on after a step that was not finite as the spec has it, and tells what was done. */
  private Action recover(Batch batch, Learner.Update update) throws IOException {
    Diagnosis diagnosis = learner.diagnose(batch, state.step());
    Remedies remedies = state.remedies().afterNonFinite(diagnosis.samples());
    Action action =
        spec.onNonFinite().goesOn(remedies.nonFinite()) ? spec.onNonFinite().action() : Action.STOP;
    NonFiniteStep step =
        new NonFiniteStep(
            state.position(), update, diagnosis, batch.samples(), training.samples()::name);
    if (action == Action.STOP) {
      LOG.error(step.ends(save(false)));
      return action;
    }
    if (action == Action.SKIP) {
      passOver();
    } else {
      rollBack(diagnosis.samples().isEmpty());
    }
    state = state.with(remedies);
    LOG.warn(step.goesOn(state.step(), remedies.nonFinite(), spec.onNonFinite().atMost()));
    return action;
  }

  /**
   * Goes back to the last scheduled checkpoint.
   *
   * @param behind whether to go on behind the batch that comes next, rather than where it was saved
   */
  private void rollBack(boolean behind) throws IOException {
    Position next = state.position().afterNextBatch();
    TrainingState saved = saver.restore();
    state = saved;
    if (behind) {
      boolean sameEpoch = saved.position().epoch() == next.epoch();
      state =
          at(
              new Position(saved.step(), next.epoch(), next.stepInEpoch()),
              sameEpoch ? saved.accumulators() : Map.of());
    }
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
    int badEpochs = best ? 0 : state.badEpochs() + 1;
    state =
        at(
            new Position(step, epoch + 1, 0),
            best ? new Best(epoch, step, metrics) : before,
            badEpochs,
            state.plateaus() + (selection.plateauAfter(badEpochs) ? 1 : 0),
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

  /** The state at another position of the running epoch. */
  private TrainingState at(Position position, Map<String, Double> accumulators) {
    return at(
        position, state.best(), state.badEpochs(), state.plateaus(), state.metrics(), accumulators);
  }

  private TrainingState at(
      Position position,
      Best best,
      int badEpochs,
      int plateaus,
      Map<String, Double> metrics,
      Map<String, Double> accumulators) {
    double elapsed = secondsBefore + (System.nanoTime() - startNanos) / 1e9;
    return new TrainingState(
        position,
        best,
        badEpochs,
        plateaus,
        metrics,
        accumulators,
        elapsed,
        state.origin(),
        state.remedies());
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
