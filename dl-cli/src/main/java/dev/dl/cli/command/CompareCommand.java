package dev.dl.cli.command;

import dev.dl.cli.terminal.Console;
import dev.dl.training.ComparisonReports;
import dev.dl.training.comparison.Candidate;
import dev.dl.training.comparison.ComparedRun;
import dev.dl.training.comparison.Comparison;
import dev.dl.training.comparison.ComparisonChoice;
import dev.dl.training.study.StudyComparison;
import dev.dl.training.study.StudyDirectory;
import dev.dl.training.study.StudyStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Compares finished runs: which architecture is better, and how sure that is. */
@Command(
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Runs that differ in their seed only are one candidate. Exits with 65 where a comparison would",
      "not be fair: other data, splits, preprocessing, budget or evaluation."
    })
final class CompareCommand implements Callable<Integer> {
  private static final int MOST_NAMED = 4;

  private final Console console;

  @Parameters(
      arity = "1..*",
      paramLabel = "RUN",
      description = "Run directories, folders of them, or studies.")
  private List<Path> runs;

  @Option(
      names = "--baseline",
      paramLabel = "NAME",
      description =
          "The candidate, or one of its runs, that others are compared with (default: the first).")
  private String baseline;

  @Option(
      names = "--metric",
      paramLabel = "NAME",
      description =
          "Such as validation.loss (default: what the runs are judged by, on the test split).")
  private String metric;

  @Option(
      names = "--force",
      description = "Compare what is not fair to compare, and mark it so everywhere.")
  private boolean force;

  @Option(names = "--json", paramLabel = "FILE", description = "Also write everything as JSON.")
  private Path json;

  @Option(
      names = "--csv",
      paramLabel = "FILE",
      description = "Also write a line for each candidate as CSV.")
  private Path csv;

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description = {
        "Also write a report to look at: curves, costs, classes, samples, calibration.",
        "It shows samples where the data is there."
      })
  private Path html;

  CompareCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    List<ComparedRun> compared =
        ComparedRun.readAll(runs.stream().map(StudyDirectory::runsOf).toList());
    Comparison comparison = Comparison.of(compared, choice(compared));
    if (!force) {
      comparison.requireFair();
    }
    console.out().print(ComparisonText.of(comparison, console.terminal()));
    if (json != null) {
      Json.write(json, comparison);
    }
    if (csv != null) {
      OutputFile.replace(csv, ComparisonCsv.of(comparison));
    }
    if (html != null) {
      OutputFile.replace(
          html, ComparisonReports.html(title(comparison), comparison, compared, Path.of("")));
    }
    return ExitCode.SUCCESS.number();
  }

  /** Of the runs of one study alone counts what it states. */
  private ComparisonChoice choice(List<ComparedRun> compared) throws IOException {
    ComparisonChoice chosen = new ComparisonChoice(baseline, metric);
    Optional<StudyStatus> study =
        runs.size() == 1 ? new StudyDirectory(runs.get(0)).readStatus() : Optional.empty();
    return study.map(each -> StudyComparison.choice(each, compared, chosen)).orElse(chosen);
  }

  private static String title(Comparison comparison) {
    List<Candidate> candidates = comparison.candidates();
    return candidates.size() > MOST_NAMED
        ? "Comparison of " + candidates.size() + " candidates"
        : candidates.stream()
            .map(Candidate::name)
            .collect(Collectors.joining(", ", "Comparison of ", ""));
  }
}
