package dev.dl.training.study;

import dev.dl.core.config.Above;
import dev.dl.core.config.ConfigException;
import dev.dl.core.config.Minimum;
import java.time.Duration;
import java.util.Locale;

/**
 * What each cell may spend on training: the same for all, and with it the length of each.
 *
 * <p>All of them come to a number of updates that is known before training begins, so that
 * schedules end where the budget does, and a cell that is interrupted comes to the same as one that
 * is not.
 */
public sealed interface Budget {

  /** How long a cell of so much work is trained. */
  Length length(Workload work);

  /** As a sentence says it: {@code 10 epochs each}. */
  String text();

  /**
   * How long a cell is trained.
   *
   * @param epochs that are begun
   * @param maximumSteps after which the last of them is broken off; {@code null}: whole epochs
   */
  record Length(int epochs, Long maximumSteps) {

    static Length ofSteps(double steps, Workload work) {
      long whole = Math.max(1, Math.round(steps));
      long epochs = (whole + work.stepsPerEpoch() - 1) / work.stepsPerEpoch();
      if (epochs > Integer.MAX_VALUE) {
        throw new ConfigException("budget", whole + " steps", "fewer", "");
      }
      return new Length(
          (int) epochs, whole == epochs * work.stepsPerEpoch() ? null : Long.valueOf(whole));
    }

    /** Updates of the whole training. */
    public long steps(long stepsPerEpoch) {
      return maximumSteps == null ? epochs * stepsPerEpoch : maximumSteps;
    }
  }

  /** Equal passes over the training split. */
  record Epochs(@Minimum(1) int count) implements Budget {
    @Override
    public Length length(Workload work) {
      return new Length(count, null);
    }

    @Override
    public String text() {
      return count + (count == 1 ? " epoch each" : " epochs each");
    }
  }

  /** Equal numbers of updates. */
  record Steps(@Minimum(1) long count) implements Budget {
    @Override
    public Length length(Workload work) {
      return Length.ofSteps(count, work);
    }

    @Override
    public String text() {
      return String.format(Locale.ROOT, "%,d steps each", count);
    }
  }

  /**
   * Equal multiply-adds of training, evaluations left out: three times those of a forward pass,
   * whose products come again for the gradients of inputs and of weights.
   */
  record MultiplyAdds(@Above(0) double count) implements Budget {
    private static final int PASSES = 3;

    /** Of one step. */
    private static double ofStep(Workload work) {
      return (double) PASSES * work.multiplyAdds() * work.batchSize();
    }

    /**
     * How long.
     *
     * @throws ConfigException if the candidate does not say how many it takes
     */
    @Override
    public Length length(Workload work) {
      if (work.multiplyAdds() == 0) {
        throw new ConfigException(
            "budget.multiply-adds",
            "a candidate whose layers do not say how many they take",
            "layers that do",
            "take another budget");
      }
      return Length.ofSteps(count / ofStep(work), work);
    }

    @Override
    public String text() {
      return String.format(Locale.ROOT, "%.3g multiply-adds each", count);
    }
  }

  /**
   * Equal time on this machine, evaluations after epochs included: as many updates as take it at
   * the speed that was measured before the first cell.
   */
  record WallTime(Duration each) implements Budget {
    @Override
    public Length length(Workload work) {
      double step = work.secondsPerStep() + work.secondsPerEvaluation() / work.stepsPerEpoch();
      return Length.ofSteps(each.toMillis() / 1000.0 / step, work);
    }

    @Override
    public String text() {
      return each.toString().substring(2).toLowerCase(Locale.ROOT) + " of training each";
    }
  }
}
