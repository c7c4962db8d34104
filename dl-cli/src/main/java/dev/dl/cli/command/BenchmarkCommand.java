package dev.dl.cli.command;

import dev.dl.cli.terminal.Console;
import dev.dl.cli.terminal.Table;
import dev.dl.core.backend.Backend;
import dev.dl.core.backend.BackendChoice;
import dev.dl.models.Model;
import dev.dl.models.graph.Graph;
import dev.dl.models.graph.ImageInput;
import dev.dl.models.graph.Input;
import dev.dl.models.graph.TextInput;
import dev.dl.training.benchmark.BenchmarkResult;
import dev.dl.training.benchmark.BenchmarkResult.LayerTime;
import dev.dl.training.benchmark.BenchmarkResult.OperationTime;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Measures how fast a model trains and predicts here, and where the time goes. */
@Command(mixinStandardHelpOptions = true)
final class BenchmarkCommand implements Callable<Integer> {
  private static final String INPUT = "[1-9][0-9]{0,5}(x[1-9][0-9]{0,5}){0,2}";

  private final RunServices services;
  private final Console console;

  @Spec private CommandSpec command;

  @Parameters(index = "0", paramLabel = "MODEL", description = "A name that ./dl models lists.")
  private String name;

  @Option(
      names = "--batch",
      paramLabel = "N",
      defaultValue = "64",
      description = "Samples in a step (default: 64).")
  private int batch;

  @Option(
      names = "--input",
      paramLabel = "CxHxW|LENGTH",
      description = "Shape of an image, or tokens in a text (default: the model's own).")
  private String input;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "10",
      description = "Measuring time of training; the whole takes about three times as long.")
  private int seconds;

  @Option(names = "--operations", description = "Also list every operation of a training step.")
  private boolean operations;

  @Option(
      names = "--backend",
      paramLabel = "auto|cpu|cuda[:N]",
      defaultValue = "auto",
      converter = BackendConverter.class,
      description = "What to compute on.")
  private BackendChoice backend;

  @Option(names = "--json", paramLabel = "FILE", description = "Also write all figures as JSON.")
  private Path json;

  @Mixin private PluginOptions plugins;

  BenchmarkCommand(RunServices services, Console console) {
    this.services = services;
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    Model model = plugins.models().require("MODEL", name);
    requirePositive("--batch", batch);
    requirePositive("--seconds", seconds);
    Graph graph = graph(model);
    Backend selected = Backend.select(backend);
    BenchmarkResult result =
        services.benchmark(name, graph, batch, Duration.ofSeconds(seconds), selected);
    print(result);
    if (json != null) {
      Json.write(json, result);
    }
    return ExitCode.SUCCESS.number();
  }

  private Graph graph(Model model) {
    try {
      return model.architecture().define(input(model), model.head());
    } catch (IllegalArgumentException refused) {
      throw new ParameterException(
          command.commandLine(), "--input: got %s, %s".formatted(input, refused.getMessage()));
    }
  }

  private Input input(Model model) {
    if (input == null) {
      return model.input();
    }
    if (!input.matches(INPUT)) {
      throw mistake("--input", input, "a shape such as 3x32x32, or a length");
    }
    int[] sizes = Arrays.stream(input.split("x")).mapToInt(Integer::parseInt).toArray();
    return sizes.length == 1
        ? new TextInput(sizes[0], model.input().text().vocabulary())
        : ImageInput.of(sizes[0], sizes[1], sizes[2]);
  }

  private void requirePositive(String option, int value) {
    if (value < 1) {
      throw mistake(option, Integer.toString(value), "a whole number of at least 1");
    }
  }

  private ParameterException mistake(String where, String found, String expected) {
    return new ParameterException(
        command.commandLine(), "%s: got %s, expected %s".formatted(where, found, expected));
  }

  private void print(BenchmarkResult result) {
    console.out().print(figures(result));
    console.out().println();
    console.out().print(layers(result));
    if (operations) {
      console.out().println();
      console.out().print(operations(result));
    }
    console.out().println();
    console.out().println(whySlow(result));
  }

  private static String figures(BenchmarkResult result) {
    Table table = new Table("WHAT", "FIGURE");
    table.add("model", result.model() + ", " + format("%,d", result.parameters()) + " parameters");
    table.add("batch", result.batchSize() + " of " + result.input());
    table.add("threads", Integer.toString(result.threads()));
    table.add("training", format("%.1f samples/s", result.trainingSamplesPerSecond()));
    table.add("prediction", format("%.1f samples/s", result.predictionSamplesPerSecond()));
    result
        .stepMilliseconds()
        .forEach((part, time) -> table.add("step: " + part, format("%.2f ms", time)));
    table.add(
        "matrix products",
        format("%.0f of %.0f GFLOP/s", result.gigaflops(), result.peakGigaflops()));
    table.add("peak memory", result.peakMebibytes() + " MiB");
    return table.text();
  }

  private static String layers(BenchmarkResult result) {
    Table table = new Table("LAYER", "COUNT", "SHARE OF STEP", "GFLOP/S");
    for (LayerTime layer : result.layers()) {
      table.add(
          layer.layer(),
          Integer.toString(layer.count()),
          format("%.1f %%", 100 * layer.share()),
          layer.gigaflops() > 0 ? format("%.0f", layer.gigaflops()) : "-");
    }
    return table.text();
  }

  private static String operations(BenchmarkResult result) {
    Table table = new Table("PART", "OPERATION", "LAYER", "MS");
    for (OperationTime operation : result.operations()) {
      table.add(
          operation.part(),
          operation.node(),
          operation.layer(),
          format("%.3f", operation.milliseconds()));
    }
    return table.text();
  }

  private static String whySlow(BenchmarkResult result) {
    LayerTime first = result.layers().get(0);
    String what = first.gigaflops() > 0 ? "whose matrix products are the limit" : "bound by memory";
    return format(
        "Why not faster: training reaches %.0f %% of this machine's peak; %.0f %% of a step is %s, %s.",
        100 * result.shareOfPeak(), 100 * first.share(), first.layer(), what);
  }

  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
