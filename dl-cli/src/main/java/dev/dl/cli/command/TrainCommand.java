package dev.dl.cli.command;

import dev.dl.cli.terminal.Console;
import dev.dl.core.backend.Backend;
import dev.dl.core.config.ConfigException;
import dev.dl.core.run.RunDirectory;
import dev.dl.core.run.RunFiles;
import dev.dl.models.KnownModels;
import dev.dl.training.RecordedPlugin;
import dev.dl.training.loop.StopReason;
import dev.dl.training.spec.RunSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Trains a network, or continues a training. */
@Command(mixinStandardHelpOptions = true)
final class TrainCommand implements Callable<Integer> {
  private static final Path RUNS = Path.of("runs");

  private final RunServices services;
  private final Console console;

  @Parameters(
      arity = "0..*",
      paramLabel = "CONFIG [key=value ...]",
      hideParamSyntax = true,
      description = {
        "The run's YAML file, then settings that replace those of the file:",
        "training.epochs=20. With --resume the file may be left out."
      })
  private List<String> arguments = List.of();

  @Option(
      names = "--run",
      paramLabel = "DIR",
      description = "Where the run lives (default: runs/NAME-N).")
  private Path run;

  @Option(names = "--resume", description = "Continue the run in --run from its last checkpoint.")
  private boolean resume;

  @Option(
      names = "--backend",
      paramLabel = "auto|cpu|cuda[:N,...]",
      description = "What to compute on; replaces the configuration's.")
  private String backend;

  @Option(names = "--quiet", description = "Print nothing but mistakes and the run directory.")
  private boolean quiet;

  @Option(
      names = "--cell-of",
      hidden = true,
      paramLabel = "DIR",
      description = "Where the many runs are that this one is of; stops when standard input ends.")
  private Path cellOf;

  @Mixin private PluginOptions plugins;

  TrainCommand(RunServices services, Console console) {
    this.services = services;
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    KnownModels models = plugins.models();
    Path config = config();
    boolean goesOn = resume && Files.exists(new RunFiles(run).spec());
    if (goesOn) {
      RecordedPlugin.requireSame(RunFiles.of(run), models);
    }
    RunSpec spec = SpecFile.read(config, overrides(), models);
    if (goesOn && isFinished(RunFiles.of(run))) {
      console.message(run + " is finished already, nothing to resume");
      console.out().println(run);
      return ExitCode.SUCCESS.number();
    }
    Backend selected = Backend.select(spec.backend());
    try (RunDirectory directory = directory(run, spec, goesOn)) {
      return train(new Training(spec, models, directory, goesOn, null, selected, words())).number();
    }
  }

  /** What provenance is to say of how the run was started. */
  private List<String> words() {
    return cellOf == null ? arguments : List.of("--cell-of", cellOf.toString());
  }

  static boolean isFinished(RunFiles files) throws IOException {
    return Files.exists(files.summary())
        && Stream.of(StopReason.COMPLETED, StopReason.EARLY_STOPPED)
            .map(StopReason::label)
            .toList()
            .contains(files.readSummary().status());
  }

  /** The place of a run: a new one, or that of one that goes on. */
  static RunDirectory directory(Path run, RunSpec spec, boolean goesOn) throws IOException {
    if (run == null) {
      return RunDirectory.createNext(RUNS, spec.name());
    }
    return goesOn ? RunDirectory.open(run) : RunDirectory.create(run);
  }

  private ExitCode train(Training training) throws IOException {
    Path shown = shown(run, training.directory());
    try (StopSignals signals =
        cellOf == null ? StopSignals.install(console) : StopSignals.ofChild(console, System.in)) {
      Training.Outcome outcome =
          new WatchedTraining(services, console, quiet).train(training, shown, signals);
      return finish(outcome, shown, signals);
    }
  }

  /** A run directory as messages name it: as it was given, or below {@code runs}. */
  static Path shown(Path given, RunDirectory directory) {
    return given != null ? given : RUNS.resolve(directory.files().root().getFileName());
  }

  private ExitCode finish(Training.Outcome outcome, Path shown, StopSignals signals) {
    ExitCode code = ExitCode.of(outcome.reason());
    switch (outcome.reason()) {
      case INTERRUPTED -> {
        code = signals.received().orElse(code);
        if (cellOf == null) {
          console.message("interrupted and saved; to resume: " + plugins.resumeCommand(shown));
        }
      }
      case TIME_LIMIT ->
          console.message("time limit reached, saved; to resume: " + plugins.resumeCommand(shown));
      default -> {
        if (!quiet) {
          outcome.summary().forEach(line -> console.err().println(line));
        }
      }
    }
    console.out().println(shown);
    return code;
  }

  /** The configuration; of a run that goes on, the one that it recorded. */
  private Path config() {
    boolean given = !arguments.isEmpty() && !isOverride(arguments.get(0));
    if (resume && run == null) {
      throw new ConfigException(
          "--resume", "no --run", "the run to resume", "add --run DIR, the directory of the run");
    }
    if (given) {
      return Path.of(arguments.get(0));
    }
    if (!resume) {
      throw new ConfigException(
          "CONFIG", "nothing", "a YAML file", "begin with ./dl train configs/quickstart.yaml");
    }
    return run.resolve("spec.yaml");
  }

  private List<String> overrides() {
    List<String> overrides = new ArrayList<>(arguments);
    if (!overrides.isEmpty() && !isOverride(overrides.get(0))) {
      overrides.remove(0);
    }
    if (backend != null) {
      overrides.add("backend=" + backend);
    }
    return overrides;
  }

  private static boolean isOverride(String argument) {
    return argument.contains("=") && !Files.exists(Path.of(argument));
  }
}
