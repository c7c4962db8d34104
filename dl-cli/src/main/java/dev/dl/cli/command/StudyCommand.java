package dev.dl.cli.command;

import dev.dl.cli.terminal.Console;
import dev.dl.core.run.RunDirectory;
import dev.dl.models.KnownModels;
import dev.dl.training.ComparisonReports;
import dev.dl.training.comparison.Comparison;
import dev.dl.training.study.Budget;
import dev.dl.training.study.Cells;
import dev.dl.training.study.Pilots;
import dev.dl.training.study.StudyComparison;
import dev.dl.training.study.StudyDirectory;
import dev.dl.training.study.StudyPlan;
import dev.dl.training.study.StudySpec;
import dev.dl.training.study.StudyStatus;
import dev.dl.training.study.StudyStatus.CellStatus;
import dev.dl.training.study.TimeLeft;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Trains the cells of a study, or goes on with them. */
@Command(
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "The same command goes on with a study that was stopped or killed, and trains again what",
      "failed; in a second terminal it takes part. Exits with 6 where a run failed or diverged."
    })
final class StudyCommand implements Callable<Integer> {
  private static final Path STUDIES = Path.of("studies");
  private static final Path HERE = Path.of("");

  private final Console console;

  @Parameters(
      arity = "1..*",
      paramLabel = "CONFIG [key=value ...]",
      hideParamSyntax = true,
      description = {
        "The study's YAML file, then settings that replace those of the file:",
        "budget.epochs=2"
      })
  private List<String> arguments = List.of();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where the study lives (default: studies/NAME).")
  private Path out;

  @Option(
      names = "--backend",
      paramLabel = "auto|cpu|cuda[:N,...]",
      description = "What to compute on; replaces the configuration's.")
  private String backend;

  @Option(
      names = "--plan",
      description = "Only print how long each candidate is to be trained; reads the data.")
  private boolean planOnly;

  @Option(names = "--quiet", description = "Print nothing but mistakes and the results.")
  private boolean quiet;

  @Mixin private PluginOptions plugins;

  StudyCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    KnownModels models = plugins.models();
    StudySpec study = study();
    StudyPlan.specs(study, models); // whose problems come before anything is made
    if (planOnly) {
      console.out().print(StudyTables.plan(StudyPlan.of(study, models, HERE)));
      return ExitCode.SUCCESS.number();
    }
    StudyDirectory directory =
        new StudyDirectory(out == null ? STUDIES.resolve(study.name()) : out);
    directory.create();
    StudyPlan plan = StudyPlan.of(study, models, HERE);
    CellProcess trainer =
        new CellProcess(
            directory.root(),
            plugins.words(),
            (cell, message) -> console.message(cell.name() + ": " + message));
    try (StopSignals signals =
        StopSignals.install(
            console,
            code -> {
              trainer.kill();
              Runtime.getRuntime().halt(code);
            })) {
      return train(plan, directory, trainer, signals).number();
    }
  }

  private StudySpec study() throws IOException {
    List<String> overrides = arguments.subList(1, arguments.size());
    StudySpec study = StudySpec.read(Path.of(arguments.get(0)), overrides);
    if (out == null) {
      RunDirectory.requireName(study.name());
    }
    return backend == null ? study : study.withBackend(backend);
  }

  private ExitCode train(
      StudyPlan plan, StudyDirectory directory, CellProcess trainer, StopSignals signals)
      throws IOException {
    StudyPlan timed = plan;
    if (plan.study().budget() instanceof Budget.WallTime) {
      Pilots pilots = new Pilots(directory, plan);
      Cells cells = pilots.cells();
      if (!cells.train(trainer, watch(cells, plan, signals, () -> {}))) {
        return stopped(directory, signals);
      }
      timed = pilots.measured();
    }
    StudyPlan fixed = timed;
    Cells cells = directory.prepare(fixed);
    directory.write(StudyStatus.of(fixed, cells));
    Cells.Watch watch =
        watch(cells, fixed, signals, () -> directory.write(StudyStatus.of(fixed, cells)));
    return cells.train(trainer, watch)
        ? finish(fixed, cells, directory)
        : stopped(directory, signals);
  }

  private WatchedCells watch(
      Cells cells, StudyPlan plan, StopSignals signals, WatchedCells.Ended ended) {
    return new WatchedCells(console, quiet, cells, new TimeLeft(plan, cells), signals, ended);
  }

  private ExitCode stopped(StudyDirectory directory, StopSignals signals) {
    console.message("stopped and saved; the same command goes on");
    console.out().println(directory.root());
    return signals.received().orElse(ExitCode.INTERRUPT);
  }

  /** The results, and the page of the comparison. */
  private ExitCode finish(StudyPlan plan, Cells cells, StudyDirectory directory)
      throws IOException {
    StudyStatus status = StudyStatus.of(plan, cells);
    directory.write(status);
    console.out().print(StudyTables.results(status));
    Optional<Comparison> comparison = StudyComparison.of(plan, cells);
    if (comparison.isPresent()) {
      directory.write(comparison.get());
      directory.writeReport(
          ComparisonReports.html(
              plan.study().name(), comparison.get(), StudyComparison.runs(cells), HERE));
      console.out().print(StudyTables.verdicts(comparison.get()));
    }
    List<CellStatus> others = status.cells().stream().filter(cell -> !cell.done()).toList();
    others.forEach(cell -> console.message(cell.name() + " " + cell.trouble()));
    console.out().println(directory.root());
    return others.isEmpty() ? ExitCode.SUCCESS : ExitCode.INCOMPLETE;
  }
}
