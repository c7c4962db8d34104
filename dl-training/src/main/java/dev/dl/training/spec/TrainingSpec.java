package dev.dl.training.spec;

import dev.dl.core.config.Above;
import dev.dl.core.config.Below;
import dev.dl.core.config.Default;
import dev.dl.core.config.Minimum;
import java.time.Duration;

/**
 * How long and in what portions to train.
 *
 * @param maximumSteps updates after which the run is complete, though the epochs are not; the
 *     schedule ends there; {@code null}: all of the epochs
 * @param batchSize samples of one optimizer update
 * @param microBatchSize samples that go through the network at once; gradients accumulate over the
 *     batch. {@code null}: the whole batch
 * @param maximumGradientNorm gradients are scaled down to this global norm; {@code null}: not
 *     clipped
 * @param emaDecay evaluate and keep an exponential moving average of the weights; {@code null}:
 *     none
 * @param loss what is made small
 * @param distillation a finished run to learn from besides; {@code null}: none
 * @param onNonFinite what to do when a loss or gradient is not finite
 * @param preflight whether one batch first goes through all that a run does
 * @param maximumDuration stop, saved and resumable, after this time: {@code 30m}, {@code 2h};
 *     {@code null}: no limit
 * @param earlyStopping {@code null}: train for all epochs
 */
public record TrainingSpec(
    @Default("10") @Minimum(1) int epochs,
    @Default("null") @Minimum(1) Long maximumSteps,
    @Default("128") @Minimum(1) int batchSize,
    @Default("null") @Minimum(1) Integer microBatchSize,
    @Default("null") @Above(0) Double maximumGradientNorm,
    @Default("null") @Above(0) @Below(1) Double emaDecay,
    @Default("{}") LossSpec loss,
    @Default("null") DistillationSpec distillation,
    @Default("stop") NonFiniteSpec onNonFinite,
    @Default("true") boolean preflight,
    @Default("null") Duration maximumDuration,
    @Default("{}") CheckpointSpec checkpoint,
    @Default("null") EarlyStoppingSpec earlyStopping) {

  /** Samples that go through the network at once. */
  public int samplesAtOnce() {
    return microBatchSize == null ? batchSize : Math.min(microBatchSize, batchSize);
  }

  /** Updates of a whole run. */
  public long totalSteps(long stepsPerEpoch) {
    long steps = stepsPerEpoch * epochs;
    return maximumSteps == null ? steps : Math.min(maximumSteps, steps);
  }

  /** Less what may change within a run. */
  TrainingSpec withoutLimits() {
    return new TrainingSpec(
        epochs,
        maximumSteps,
        batchSize,
        microBatchSize,
        maximumGradientNorm,
        emaDecay,
        loss,
        distillation,
        new NonFiniteSpec(NonFiniteSpec.Action.STOP, 1),
        true,
        null,
        checkpoint,
        earlyStopping);
  }

  TrainingSpec withMaximumDuration(Duration limit) {
    return new TrainingSpec(
        epochs,
        maximumSteps,
        batchSize,
        microBatchSize,
        maximumGradientNorm,
        emaDecay,
        loss,
        distillation,
        onNonFinite,
        preflight,
        limit,
        checkpoint,
        earlyStopping);
  }
}
