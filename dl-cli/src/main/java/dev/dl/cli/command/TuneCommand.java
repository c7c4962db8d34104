package dev.dl.cli.command;

import dev.dl.cli.terminal.Console;
import dev.dl.core.backend.Backend;
import dev.dl.core.config.ConfigException;
import dev.dl.core.config.ConfigProblem;
import dev.dl.core.config.ConfigReader;
import dev.dl.core.config.ConfigWriter;
import dev.dl.core.run.RunDirectory;
import dev.dl.models.KnownModels;
import dev.dl.training.search.Search;
import dev.dl.training.search.Space;
import dev.dl.training.search.Trial;
import dev.dl.training.search.TuneDirectory;
import dev.dl.training.search.TuneReport;
import dev.dl.training.search.TuneSpec;
import dev.dl.training.spec.RunSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Searches over the settings of a run, or goes on searching. */
@Command(
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "The same command goes on with a search that was stopped or killed. Trials are compared by",
      "the validation split; the test split is not looked at."
    })
final class TuneCommand implements Callable<Integer> {
  private static final Path PLACE = Path.of("tunes");

  private final RunServices services;
  private final Console console;

  @Parameters(index = "0", paramLabel = "CONFIG", description = "The search's YAML file.")
  private Path config;

  @Parameters(
      index = "1..*",
      paramLabel = "key=value",
      description = "Settings that replace those of the file: trials=50")
  private List<String> overrides = List.of();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where the search lives (default: tunes/NAME).")
  private Path out;

  @Option(names = "--quiet", description = "Print nothing but mistakes and the results.")
  private boolean quiet;

  @Mixin private PluginOptions plugins;

  TuneCommand(RunServices services, Console console) {
    this.services = services;
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    KnownModels models = plugins.models();
    TuneSpec tune = ConfigReader.read(config, overrides, TuneSpec.class);
    RunDirectory.requireName(tune.name());
    RunSpec base = checked(tune, models);
    Path place = out == null ? PLACE.resolve(tune.name()) : out;
    String text = Files.readString(Path.of(tune.base()));
    Backend backend = Backend.select(base.backend());
    try (TuneDirectory directory = TuneDirectory.open(place, tune, text);
        StopSignals signals = StopSignals.install(console)) {
      TrialTrainer trainer = new TrialTrainer(services, tune, directory, models, backend, signals);
      Search search = Search.open(tune, base.training().epochs(), directory.journal());
      if (!search.run(trainer, (trial, report) -> tell(tune, base, trial, report))) {
        console.message("stopped and saved; the same command goes on");
        console.out().println(place);
        return signals.received().orElse(ExitCode.INTERRUPT).number();
      }
      finish(search.report(), directory, trainer, base);
      console.out().println(place.resolve(directory.best().getFileName()));
      return ExitCode.SUCCESS.number();
    }
  }

  /** The base, from which every trial can be made. */
  private static RunSpec checked(TuneSpec tune, KnownModels models) throws IOException {
    Path file = Path.of(tune.base());
    List<String> fixed = new ArrayList<>();
    tune.fixed().forEach((field, value) -> fixed.add(field + "=" + value));
    RunSpec base = SpecFile.read(file, fixed, models);
    Set<ConfigProblem> problems = new LinkedHashSet<>();
    for (List<String> sample : new Space(tune.space()).samples()) {
      List<String> all = new ArrayList<>(fixed);
      all.addAll(sample);
      try {
        SpecFile.read(file, all, models);
      } catch (ConfigException refused) {
        problems.addAll(refused.problems());
      }
    }
    if (base.training().earlyStopping() != null) {
      problems.add(
          new ConfigProblem(
              "training.earlyStopping",
              "some in " + file,
              "none, since halving decides which trials are trained on",
              "leave it out of the base"));
    }
    Integer epochs = tune.budget().epochs();
    if (epochs != null && epochs < base.training().epochs()) {
      problems.add(
          new ConfigProblem(
              "budget.epochs",
              epochs.toString(),
              "at least " + base.training().epochs() + ", what the base takes by itself",
              ""));
    }
    if (!problems.isEmpty()) {
      throw new ConfigException(new ArrayList<>(problems));
    }
    return base;
  }

  private void tell(TuneSpec tune, RunSpec base, Trial trial, TuneReport report) {
    if (quiet) {
      return;
    }
    String what = trial.number() == 0 ? "the base" : "trial " + trial.number();
    String result =
        trial.failure() == null
            ? "%s %s after %d of %d epochs"
                .formatted(
                    tune.metric(),
                    TuneTables.value(trial.last().value()),
                    trial.epochs(),
                    base.training().epochs())
            : trial.failure();
    Integer budget = tune.budget().epochs();
    console.message(
        what
            + ": "
            + result
            + (trial.values().isEmpty() ? "" : ", " + TuneTables.values(trial))
            + "; %d epochs spent".formatted(report.epochs())
            + (budget == null ? "" : " of " + budget));
  }

  private void finish(
      TuneReport report, TuneDirectory directory, TrialTrainer trainer, RunSpec base)
      throws IOException {
    Trial recommended =
        report.best() == null ? new Trial(0, Map.of(), List.of(), null) : report.best();
    RunSpec spec = trainer.spec(recommended, base.name() + "-tuned");
    String summary = TuneTables.summary(report);
    directory.finish(report, "# " + summary + "\n" + ConfigWriter.yaml(spec));
    console.out().print(TuneTables.trials(report));
    console.out().println();
    console.out().print(TuneTables.importance(report));
    console.out().println();
    console.out().println(summary);
    console.out().println("the test split was not looked at: train what follows to see it");
  }
}
