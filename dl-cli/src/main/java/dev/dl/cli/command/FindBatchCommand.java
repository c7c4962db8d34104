package dev.dl.cli.command;

import dev.dl.cli.terminal.Console;
import dev.dl.cli.terminal.Table;
import dev.dl.core.backend.Backend;
import dev.dl.models.KnownModels;
import dev.dl.training.BatchSearch;
import dev.dl.training.search.BatchSpeed;
import dev.dl.training.spec.RunSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Tries batch sizes, and recommends one. */
@Command(mixinStandardHelpOptions = true)
final class FindBatchCommand implements Callable<Integer> {
  private final RunServices services;
  private final Console console;

  @Spec private CommandSpec command;
  @Mixin private SpecOptions options;

  @Option(
      names = "--most",
      paramLabel = "N",
      defaultValue = "2048",
      description = "The largest batch to try (default: 2048).")
  private int most;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "3",
      description = "Measuring time of each size (default: 3).")
  private int seconds;

  @Option(names = "--json", paramLabel = "FILE", description = "Also write the figures as JSON.")
  private Path json;

  FindBatchCommand(RunServices services, Console console) {
    this.services = services;
    this.console = console;
  }

  /** What {@code --json} writes. */
  private record Report(Integer recommended, String end, List<BatchSpeed> sizes) {}

  @Override
  public Integer call() throws IOException {
    requirePositive("--most", most);
    requirePositive("--seconds", seconds);
    KnownModels models = options.models();
    RunSpec spec = options.spec(models);
    BatchSearch.Result result =
        services.batches(
            spec,
            models,
            Backend.select(spec.backend()),
            new BatchSearch.Limits(most, Duration.ofSeconds(seconds)),
            speed ->
                console.message(
                    "%,d samples: %,.0f samples/s"
                        .formatted(speed.batchSize(), speed.samplesPerSecond())));
    OptionalInt recommended = BatchSpeed.recommended(result.speeds());
    print(spec, result, recommended);
    if (json != null) {
      Json.write(
          json,
          new Report(
              recommended.isPresent() ? recommended.getAsInt() : null,
              result.end(),
              result.speeds()));
    }
    return recommended.isPresent() ? ExitCode.SUCCESS.number() : ExitCode.OUT_OF_MEMORY.number();
  }

  private void requirePositive(String option, int value) {
    if (value < 1) {
      throw new ParameterException(
          command.commandLine(),
          option + ": got " + value + ", expected a whole number of at least 1");
    }
  }

  private void print(RunSpec spec, BatchSearch.Result result, OptionalInt recommended) {
    Table table = new Table("BATCH", "SAMPLES/S", "MS A STEP", "MEMORY MB");
    for (BatchSpeed speed : result.speeds()) {
      table.add(
          format("%,d", speed.batchSize()),
          format("%,.0f", speed.samplesPerSecond()),
          format("%.1f", 1000 * speed.batchSize() / speed.samplesPerSecond()),
          format("%,.0f", speed.memoryBytes() / 1e6));
    }
    console.out().print(table.text());
    console.out().println("stopped there: " + result.end());
    if (recommended.isEmpty()) {
      return;
    }
    console
        .out()
        .println(
            "the smallest within 5 % of the fastest:\ntraining: {batchSize: "
                + recommended.getAsInt()
                + "}");
    if (recommended.getAsInt() != spec.training().batchSize()) {
      console
          .out()
          .println(
              "the learning rate goes with it: ./dl find-lr %s training.batchSize=%d"
                  .formatted(options.config(), recommended.getAsInt()));
    }
  }

  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
