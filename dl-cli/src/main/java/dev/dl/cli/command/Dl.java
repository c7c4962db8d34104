package dev.dl.cli.command;

import dev.dl.cli.terminal.Console;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line: the list of verbs, and how a mistake is answered. */
@Command(
    name = "dl",
    synopsisSubcommandLabel = "VERB",
    description = "Trains deep networks on the JVM.",
    version = "dl 0.1.0",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Begin with: ./dl train configs/quickstart.yaml",
      "Exit codes: 0 success, 1 unexpected, 2 usage or configuration,",
      "  3 out of memory, 4 diverged, 5 not reproduced, 6 runs of a study failed,",
      "  65 bad data or model file, 66 input missing, 69 device or library unavailable,",
      "  73 cannot create, 74 I/O, 75 locked, 77 permission,",
      "  129/130/143 stopped by a signal, saved"
    })
public final class Dl implements Callable<Integer> {
  private final Console console;
  private final List<Verb> verbs = new ArrayList<>();

  private record Verb(String name, String description, Supplier<Object> command) {}

  @Spec private CommandSpec spec;

  @Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      description = "Show where an error happened, and more of what is going on.")
  private boolean debug;

  /** The verbs over the given services, writing to the given console. */
  public Dl(RunServices services, Console console) {
    this.console = console;
    verb(
        "train",
        "Train a network; the last line printed is the run directory.",
        () -> new TrainCommand(services, console));
    verb(
        "study",
        "Train candidates with several seeds under one budget, and tell what each comes to.",
        () -> new StudyCommand(console));
    verb(
        "evaluate",
        "Evaluate a run's best weights on one of its splits.",
        () -> new EvaluateCommand(services, console));
    verb(
        "predict",
        "Tell what files show with a run's best weights, or go on after a prompt.",
        () -> new PredictCommand(services, console));
    verb(
        "compare",
        "Compare architectures by their runs, and tell how sure that is.",
        () -> new CompareCommand(console));
    verb(
        "watch",
        "Show runs in a browser while they go on, and stop them from there.",
        () -> new WatchCommand(console));
    verb(
        "export",
        "Write a run's best weights for Python and other programs.",
        () -> new ExportCommand(services, console));
    verb(
        "reproduce",
        "Train a finished run again as it was recorded, and tell what differs.",
        () -> new ReproduceCommand(services, console));
    verb(
        "tune",
        "Search over the settings of a configuration, or go on searching.",
        () -> new TuneCommand(services, console));
    verb(
        "find-lr",
        "Try learning rates on a configuration in memory, and suggest one.",
        () -> new FindRateCommand(services, console));
    verb(
        "find-batch",
        "Try batch sizes on a configuration in memory, and recommend one.",
        () -> new FindBatchCommand(services, console));
    verb(
        "benchmark",
        "Measure how fast a model trains and predicts here, and where its time goes.",
        () -> new BenchmarkCommand(services, console));
    verb(
        "models",
        "List the models, draw one layer by layer, or measure how fast they are here.",
        () -> new ModelsCommand(services, console));
    verb("data", "List, describe, fetch and check data.", () -> new DataCommand(console));
    verb(
        "weights",
        "List the tensors of a file of weights, whoever wrote it.",
        () -> new WeightsCommand(console));
    verb(
        "config",
        "Check a configuration and print it with every default filled in, or its memory.",
        () -> new ConfigCommand(services, console));
    verb(
        "doctor",
        "Report backend, CPU, CUDA, memory and threads, and what to fix.",
        () -> new DoctorCommand(console));
  }

  private void verb(String name, String description, Supplier<Object> command) {
    verbs.add(new Verb(name, description, command));
  }

  /** Runs the verb that the arguments name; returns the exit code. */
  public int run(String... arguments) {
    try {
      return commandLine(List.of(arguments)).execute(arguments);
    } catch (Error error) {
      return fail(error);
    }
  }

  /** With all verbs by name, and the options of those that are asked for: describing takes time. */
  private CommandLine commandLine(List<String> words) {
    CommandLine commandLine = new CommandLine(this);
    for (Verb verb : verbs) {
      CommandLine subcommand =
          new CommandLine(words.contains(verb.name) ? verb.command.get() : CommandSpec.create());
      subcommand.getCommandSpec().usageMessage().description(verb.description);
      commandLine.addSubcommand(verb.name, subcommand);
    }
    return commandLine
        .setOut(new PrintWriter(console.out(), true))
        .setErr(new PrintWriter(console.err(), true))
        .setColorScheme(
            CommandLine.Help.defaultColorScheme(console.terminal().color() ? Ansi.ON : Ansi.OFF))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setAbbreviatedOptionsAllowed(false)
        .setUsageHelpWidth(Math.max(60, Math.min(100, console.terminal().width())))
        .setParameterExceptionHandler((mistake, arguments) -> explain(mistake))
        .setExecutionExceptionHandler((thrown, command, parsed) -> fail(thrown));
  }

  /** Without a verb. */
  @Override
  public Integer call() {
    spec.commandLine().usage(console.err());
    return ExitCode.USAGE.number();
  }

  private int fail(Throwable thrown) {
    Failure failure = Failure.of(thrown);
    console.err().print(failure.text());
    if (debug) {
      thrown.printStackTrace(console.err());
    }
    return failure.exitCode().number();
  }

  private int explain(ParameterException mistake) {
    String verb = mistake.getCommandLine().getCommandSpec().qualifiedName();
    console.message(mistake.getMessage() + suggestion(mistake) + "; see ./" + verb + " --help");
    return ExitCode.USAGE.number();
  }

  private static String suggestion(ParameterException mistake) {
    if (!(mistake instanceof UnmatchedArgumentException unmatched)) {
      return "";
    }
    List<String> suggestions =
        unmatched.getSuggestions().stream().map(name -> name.replaceFirst("^dl ", "")).toList();
    return suggestions.isEmpty() ? "" : "; did you mean " + String.join(" or ", suggestions) + "?";
  }
}
