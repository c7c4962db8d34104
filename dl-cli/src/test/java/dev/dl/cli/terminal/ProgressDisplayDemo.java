package dev.dl.cli.terminal;

import dev.dl.training.loop.EpochResult;
import dev.dl.training.loop.StepResult;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Plays a made-up training on the terminal, to look at: five epochs, some twenty seconds. */
public final class ProgressDisplayDemo {
  private static final int EPOCHS = 5;
  private static final int STEPS = 80;

  private ProgressDisplayDemo() {}

  /** Runs it. */
  public static void main(String[] arguments) throws InterruptedException {
    try (ProgressDisplay display = ProgressDisplay.on(Console.system(), EPOCHS)) {
      for (int epoch = 1; epoch <= EPOCHS; epoch++) {
        for (int step = 1; step <= STEPS; step++) {
          Thread.sleep(40);
          display.afterStep(step(epoch, step));
        }
        display.afterEpoch(epoch(epoch));
      }
    }
  }

  static StepResult step(int epoch, int step) {
    double loss = 2.3 / ((epoch - 1) * STEPS + step + 1) + 0.3;
    return new StepResult(
        (long) (epoch - 1) * STEPS + step,
        epoch,
        step,
        STEPS,
        64,
        loss,
        1 - loss / 3,
        0.1,
        1,
        Duration.ofMillis(40),
        Duration.ofMillis(1));
  }

  static EpochResult epoch(int epoch) {
    return epoch(epoch, Optional.empty());
  }

  static EpochResult epoch(int epoch, Optional<String> writing) {
    return new EpochResult(
        epoch,
        EPOCHS,
        (long) epoch * STEPS,
        Map.of(
            "train.loss",
            0.9 / epoch,
            "train.accuracy",
            1 - 0.3 / epoch,
            "validation.loss",
            1.0 / epoch + 0.02 * epoch,
            "validation.accuracy",
            epoch == 4 ? 0.89 : 1 - 0.4 / epoch),
        1597.3,
        0.025,
        Duration.ofMillis(3500),
        epoch != 4,
        writing);
  }
}
