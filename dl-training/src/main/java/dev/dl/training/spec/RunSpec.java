package dev.dl.training.spec;

import dev.dl.core.backend.BackendChoice;
import dev.dl.core.config.ConfigException;
import dev.dl.core.config.Default;
import dev.dl.core.config.Minimum;
import dev.dl.core.data.AugmentationSpec;
import dev.dl.core.data.DataSpec;
import java.time.Duration;

/**
 * Everything that decides a run: the same spec on the same machine gives the same weights.
 *
 * @param name what the run is called; run directories are named after it
 * @param seed decides initial weights, the order of samples, augmentation and dropout
 */
public record RunSpec(
    String name,
    @Default("1") @Minimum(0) long seed,
    @Default("auto") BackendChoice backend,
    DataSpec data,
    ModelSpec model,
    @Default("{}") OptimizerSpec optimizer,
    @Default("{}") ScheduleSpec schedule,
    @Default("{}") TrainingSpec training,
    @Default("{}") FineTuningSpec fineTuning,
    @Default("{}") EvaluationSpec evaluation,
    @Default("{}") ReportSpec report) {

  public RunSpec {
    if (fineTuning.probe() && !data.augmentation().equals(AugmentationSpec.NONE)) {
      throw new ConfigException(
          "fineTuning.probe",
          "true with data.augmentation",
          "training pictures as they are, since a probe computes their features once",
          "leave data.augmentation out, or set fineTuning.probe=false");
    }
    if (fineTuning.probe() && training.distillation() != null) {
      throw new ConfigException(
          "training.distillation",
          "a teacher with fineTuning.probe",
          "one of them, since a probe sees no inputs that a teacher could be given",
          "leave one out");
    }
    if (fineTuning.probe() && evaluation.horizontalFlip()) {
      throw new ConfigException(
          "fineTuning.probe",
          "true with evaluation.horizontalFlip",
          "pictures as they are, since a probe computes their features once",
          "set one of them to false");
    }
  }

  /** The spec without a limit in time, which would make results depend on the machine's speed. */
  public RunSpec withoutMaximumDuration() {
    return withMaximumDuration(null);
  }

  /** The spec with another limit in time. */
  public RunSpec withMaximumDuration(Duration limit) {
    return new RunSpec(
        name,
        seed,
        backend,
        data,
        model,
        optimizer,
        schedule,
        training.withMaximumDuration(limit),
        fineTuning,
        evaluation,
        report);
  }

  /**
   * The spec less what may change within a run: how long it may last, what it runs on, how it is
   * reported, and what is done when a step is not finite.
   */
  public RunSpec withoutLimits() {
    return new RunSpec(
        name,
        seed,
        BackendChoice.AUTO,
        data,
        model,
        optimizer,
        schedule,
        training.withoutLimits(),
        fineTuning,
        evaluation,
        ReportSpec.USUAL);
  }
}
