package dev.dl.cli.command;

import dev.dl.cli.terminal.Console;
import dev.dl.cli.terminal.Curve;
import dev.dl.core.backend.Backend;
import dev.dl.models.KnownModels;
import dev.dl.training.RateSearch;
import dev.dl.training.search.RateCurve;
import dev.dl.training.search.RateCurve.Point;
import dev.dl.training.spec.RunSpec;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Tries learning rates, and suggests one. */
@Command(mixinStandardHelpOptions = true)
final class FindRateCommand implements Callable<Integer> {
  private static final int LEAST_STEPS = 20;
  private static final int MARGIN = 14;
  private static final double SHOWN_ABOVE_FIRST = 1.25;

  private final RunServices services;
  private final Console console;

  @Spec private CommandSpec command;
  @Mixin private SpecOptions options;

  @Option(
      names = "--steps",
      paramLabel = "N",
      defaultValue = "100",
      description = "Steps from the lowest rate, 1e-7, to the highest, 10 (default: 100).")
  private int steps;

  @Option(names = "--json", paramLabel = "FILE", description = "Also write the curve as JSON.")
  private Path json;

  FindRateCommand(RunServices services, Console console) {
    this.services = services;
    this.console = console;
  }

  /** What {@code --json} writes. */
  private record Report(Double suggestion, boolean diverged, List<Point> points) {}

  @Override
  public Integer call() throws IOException {
    if (steps < LEAST_STEPS) {
      throw new ParameterException(
          command.commandLine(),
          "--steps: got " + steps + ", expected a whole number of at least " + LEAST_STEPS);
    }
    KnownModels models = options.models();
    RunSpec spec = options.spec(models);
    console.message(
        "trying learning rates on %s and %s: at most %d steps of %d samples, in memory"
            .formatted(
                spec.model().title(), spec.data().source(), steps, spec.training().batchSize()));
    RateCurve curve = services.rates(spec, models, Backend.select(spec.backend()), steps);
    Optional<Double> suggestion = curve.suggestion();
    print(curve, suggestion);
    if (json != null) {
      Json.write(json, new Report(suggestion.orElse(null), curve.diverged(), curve.points()));
    }
    return ExitCode.SUCCESS.number();
  }

  private void print(RateCurve curve, Optional<Double> suggestion) {
    if (!curve.points().isEmpty()) {
      console.out().println("loss by learning rate, smoothed");
      console.out().print(drawn(curve.points(), suggestion));
    }
    if (suggestion.isEmpty()) {
      console.message("the loss fell at no rate: is the model fit to learn from this data?");
      return;
    }
    console
        .out()
        .printf(
            Locale.ROOT,
            "lowest at %.2g%s; suggested, a third of that:%noptimizer: {learningRate: %s}%n",
            curve.lowest().orElseThrow().rate(),
            curve.diverged() ? ", beyond bounds at " + rate(last(curve)) : "",
            rate(suggestion.get()));
  }

  private String drawn(List<Point> points, Optional<Double> suggestion) {
    int columns = Math.min(points.size(), Math.max(20, console.terminal().width() - MARGIN));
    double[] values =
        IntStream.range(0, columns)
            .mapToDouble(column -> points.get(column * points.size() / columns).smoothed())
            .toArray();
    int marked =
        suggestion
            .map(
                rate ->
                    (int) points.stream().filter(point -> point.rate() <= rate).count()
                        * columns
                        / points.size())
            .orElse(-1);
    String drawn = new Curve(values, SHOWN_ABOVE_FIRST * values[0], marked).text();
    String from = rate(RateSearch.LOWEST);
    String to = rate(points.get(points.size() - 1).rate());
    int between = Math.max(1, columns - from.length() - to.length());
    return drawn + " ".repeat(MARGIN - 2) + from + " ".repeat(between) + to + "\n";
  }

  private static double last(RateCurve curve) {
    return curve.points().get(curve.points().size() - 1).rate();
  }

  /** As configurations have it: {@code 0.0021}, {@code 1e-7}. */
  private static String rate(double rate) {
    String text = String.format(Locale.ROOT, "%.2g", rate).replaceFirst("(\\.0)?e-0?", "e-");
    return text.contains("e") ? text : new BigDecimal(text).stripTrailingZeros().toPlainString();
  }
}
