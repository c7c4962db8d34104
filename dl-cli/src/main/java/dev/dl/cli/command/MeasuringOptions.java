package dev.dl.cli.command;

import dev.dl.core.backend.Backend;
import dev.dl.core.backend.BackendChoice;
import java.time.Duration;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Whether models are to be measured, and how. */
final class MeasuringOptions {
  @Option(
      names = "--measure",
      description = "Measure how many images, tokens or rows a second they take here.")
  private boolean measure;

  @Option(
      names = "--batch",
      paramLabel = "N",
      defaultValue = "8",
      description = "Samples in a measured step (default: 8).")
  private int batch;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "2",
      description = "Measuring time of training, for each model (default: 2).")
  private int seconds;

  @Option(
      names = "--backend",
      paramLabel = "auto|cpu|cuda[:N]",
      defaultValue = "auto",
      converter = BackendConverter.class,
      description = "What to measure on.")
  private BackendChoice backend;

  /**
   * How to measure.
   *
   * @param batchSize samples in a step
   * @param duration of training; predicting takes half of it
   */
  record Settings(int batchSize, Duration duration, Backend backend) {}

  boolean asked() {
    return measure;
  }

  Settings settings(CommandSpec command) {
    requirePositive(command, "--batch", batch);
    requirePositive(command, "--seconds", seconds);
    return new Settings(batch, Duration.ofSeconds(seconds), Backend.select(backend));
  }

  private static void requirePositive(CommandSpec command, String option, int value) {
    if (value < 1) {
      throw new ParameterException(
          command.commandLine(),
          option + ": got " + value + ", expected a whole number of at least 1");
    }
  }
}
