package dev.dl.cli.command;

import dev.dl.cli.terminal.Console;
import dev.dl.cli.terminal.ProgressDisplay;
import dev.dl.core.backend.Backend;
import dev.dl.core.config.ConfigException;
import dev.dl.core.run.RunDirectory;
import dev.dl.core.run.RunFiles;
import dev.dl.models.KnownModels;
import dev.dl.training.RecordedPlugin;
import dev.dl.training.loop.Callback;
import dev.dl.training.loop.StopReason;
import dev.dl.training.spec.RunSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
      paramLabel = "auto|cpu|cuda[:N]",
      description = "What to compute on; replaces the configuration's.")
  private String backend;

  @Option(names = "--quiet", description = "Print nothing but mistakes and the run directory.")
  private boolean quiet;

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
    try (RunDirectory directory = directory(spec, goesOn)) {
      return train(new Training(spec, models, directory, goesOn, selected, arguments)).number();
    }
  }

  private static boolean isFinished(RunFiles files) throws IOException {
    return Files.exists(files.summary())
        && Stream.of(StopReason.COMPLETED, StopReason.EARLY_STOPPED)
            .map(StopReason::label)
            .toList()
            .contains(files.readSummary().status());
  }

  private RunDirectory directory(RunSpec spec, boolean goesOn) throws IOException {
    if (run == null) {
      return RunDirectory.createNext(RUNS, spec.name());
    }
    return goesOn ? RunDirectory.open(run) : RunDirectory.create(run);
  }

  private ExitCode train(Training training) throws IOException {
    Path shown =
        run != null ? run : RUNS.resolve(training.directory().files().root().getFileName());
    try (StopSignals signals = StopSignals.install(console)) {
      List<Callback> callbacks = new ArrayList<>();
      Optional<ProgressDisplay> display = display(training, shown);
      display.ifPresent(callbacks::add);
      callbacks.add(signals);
      Training.Outcome outcome;
      try {
        outcome = services.train(training, callbacks);
      } finally {
        display.ifPresent(ProgressDisplay::close);
      }
      return finish(outcome, shown, signals);
    }
  }

  private Optional<ProgressDisplay> display(Training training, Path shown) {
    if (quiet) {
      return Optional.empty();
    }
    RunSpec spec = training.spec();
    Backend selected = training.backend();
    console.message(
        "training " + spec.model().title() + " on " + spec.data().source() + " in " + shown);
    console.message("backend " + selected + ": " + selected.reason());
    return Optional.of(ProgressDisplay.on(console, spec.training().epochs()));
  }

  private ExitCode finish(Training.Outcome outcome, Path shown, StopSignals signals) {
    ExitCode code = ExitCode.of(outcome.reason());
    switch (outcome.reason()) {
      case INTERRUPTED -> {
        code = signals.received().orElse(code);
        console.message("interrupted and saved; to resume: " + resumeCommand(shown));
      }
      case TIME_LIMIT ->
          console.message("time limit reached, saved; to resume: " + resumeCommand(shown));
      default -> {
        if (!quiet) {
          outcome.summary().forEach(line -> console.err().println(line));
        }
      }
    }
    console.out().println(shown);
    return code;
  }

  private String resumeCommand(Path directory) {
    StringBuilder command = new StringBuilder("./dl train --resume --run " + quoted(directory));
    plugins.paths().forEach(path -> command.append(" --plugins ").append(quoted(path)));
    return command.toString();
  }

  private static String quoted(Path path) {
    String text = path.toString();
    boolean plain = text.matches("[A-Za-z0-9_./+@:][-A-Za-z0-9_./+@:]*");
    return plain ? text : "'" + text.replace("'", "'\\''") + "'";
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
