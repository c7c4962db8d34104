package dev.dl.cli.command;

import dev.dl.cli.terminal.Console;
import dev.dl.core.backend.Backend;
import dev.dl.core.backend.BackendChoice;
import dev.dl.core.backend.BackendUnavailableException;
import dev.dl.core.config.ConfigException;
import dev.dl.core.run.Provenance;
import dev.dl.core.run.RunDirectory;
import dev.dl.core.run.RunFiles;
import dev.dl.models.KnownModels;
import dev.dl.training.loop.StopReason;
import dev.dl.training.reproduction.Reproduction;
import dev.dl.training.spec.RunSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Trains a finished run again, from what it recorded, and compares. */
@Command(
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Exits with 0 where every result is the same to the bit, with 5 where one is not."
    })
final class ReproduceCommand implements Callable<Integer> {
  private final RunServices services;
  private final Console console;

  @Parameters(index = "0", paramLabel = "RUN", description = "The finished run.")
  private Path original;

  @Option(
      names = "--run",
      paramLabel = "DIR",
      description = "Where the new run lives (default: runs/NAME-N).")
  private Path run;

  @Option(
      names = "--resume",
      description = "Continue the new run in --run, or only compare if it has ended.")
  private boolean resume;

  @Option(names = "--quiet", description = "Print nothing but mistakes and the comparison.")
  private boolean quiet;

  @Option(names = "--json", paramLabel = "FILE", description = "Also write all as JSON.")
  private Path json;

  @Mixin private PluginOptions plugins;

  ReproduceCommand(RunServices services, Console console) {
    this.services = services;
    this.console = console;
  }

  /** What {@code --json} writes. */
  private record Report(String recorded, String now, boolean identical, Reproduction differences) {}

  @Override
  public Integer call() throws IOException {
    KnownModels models = plugins.models();
    RunFiles recorded = RunFiles.of(original);
    requireEnded(recorded, original);
    RunSpec spec = SpecFile.read(recorded.spec(), List.of(), models).withoutMaximumDuration();
    Path shown = run;
    if (!hasEnded(run)) {
      boolean goesOn = resume && run != null && Files.exists(new RunFiles(run).spec());
      Backend backend = backend(recorded);
      try (RunDirectory directory = TrainCommand.directory(run, spec, goesOn);
          StopSignals signals = StopSignals.install(console)) {
        shown = TrainCommand.shown(run, directory);
        Training training =
            new Training(
                spec,
                models,
                directory,
                goesOn,
                recorded,
                backend,
                List.of("reproduce", original + ""));
        Training.Outcome outcome =
            new WatchedTraining(services, console, quiet).train(training, shown, signals);
        if (outcome.reason() == StopReason.INTERRUPTED) {
          console.message(
              "interrupted and saved; the same with --run " + shown + " --resume goes on");
          return signals.received().orElse(ExitCode.INTERRUPT).number();
        }
      }
    }
    return compare(recorded, shown).number();
  }

  private boolean hasEnded(Path directory) throws IOException {
    return resume && directory != null && TrainCommand.isFinished(new RunFiles(directory));
  }

  private static void requireEnded(RunFiles recorded, Path shown) throws IOException {
    String status = Files.exists(recorded.summary()) ? recorded.readSummary().status() : "none";
    List<StopReason> ended =
        List.of(StopReason.COMPLETED, StopReason.EARLY_STOPPED, StopReason.DIVERGED);
    if (ended.stream().noneMatch(reason -> reason.label().equals(status))) {
      throw new ConfigException(
          shown.toString(),
          "a run that has not ended (" + status + ")",
          "a finished one",
          "finish it with --resume");
    }
  }

  /** The recorded one, where this machine has it. */
  private Backend backend(RunFiles recorded) throws IOException {
    Provenance.Backend backend = recorded.readProvenance().backend();
    try {
      return Backend.select(BackendChoice.of(backend.name(), backend.workers()));
    } catch (BackendUnavailableException unavailable) {
      console.message(unavailable.getMessage() + "; the results may be others");
      return Backend.select(BackendChoice.AUTO);
    }
  }

  private ExitCode compare(RunFiles recorded, Path again) throws IOException {
    Reproduction reproduction = Reproduction.of(recorded, RunFiles.of(again));
    console.out().print(ReproductionTable.text(reproduction));
    if (json != null) {
      Json.write(
          json, new Report(original + "", again + "", reproduction.identical(), reproduction));
    }
    if (reproduction.identical()) {
      console.out().println("bit-identical: the same weights and metrics");
      return ExitCode.SUCCESS;
    }
    console.out().println("different: " + distance(reproduction));
    return ExitCode.DIFFERENT;
  }

  private static String distance(Reproduction reproduction) {
    return reproduction.weights() == null
        ? "the weights cannot be compared"
        : String.format(
            Locale.ROOT,
            "the weights are apart by %.2g of their length, by %.2g at most",
            reproduction.weights().relative(),
            reproduction.weights().largest());
  }
}
