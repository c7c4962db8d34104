package dev.dl.training;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.dl.core.config.ConfigWriter;
import dev.dl.core.data.DataSplits;
import dev.dl.core.data.Samples;
import dev.dl.core.data.Split;
import dev.dl.core.metric.ClassEvaluation;
import dev.dl.core.metric.Evaluation;
import dev.dl.core.run.RunDirectory;
import dev.dl.core.run.RunFiles;
import dev.dl.core.run.Summary;
import dev.dl.training.report.ClassResults;
import dev.dl.training.report.Mistake;
import dev.dl.training.report.RunReport;
import dev.dl.training.report.Seen;
import dev.dl.training.spec.RunSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** What a run's report shows, gathered from the run's files and its evaluation. */
final class RunReports {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Name of the file in samples, up to its ending. */
  static final String FIRST_BATCH = "train-batch-1.";

  private RunReports() {}

  /**
   * Writes report.html; classes and mistakes are those of the test split, or else of validation.
   */
  static void write(
      RunDirectory directory,
      RunSpec spec,
      DataSplits data,
      Summary summary,
      Map<Split, Evaluation> evaluations)
      throws IOException {
    Split split = evaluations.containsKey(Split.TEST) ? Split.TEST : Split.VALIDATION;
    ClassEvaluation evaluation =
        evaluations.get(split) instanceof ClassEvaluation classes ? classes : null;
    RunFiles files = directory.files();
    RunReport report =
        new RunReport(
            spec.name(),
            ConfigWriter.yaml(spec),
            plain(files.readProvenance()),
            plain(summary),
            files.readMetrics(),
            evaluation == null ? null : classes(split, data, evaluation),
            evaluation == null ? List.of() : mistakes(data.samples().get(split), data, evaluation),
            seen(files.samples()));
    directory.writeReport(report.html());
  }

  /** The first batch as it was written when training began, if it is still there. */
  private static Seen seen(Path samples) throws IOException {
    Path picture = samples.resolve(FIRST_BATCH + "png");
    if (Files.exists(picture)) {
      return new Seen(Files.readAllBytes(picture), null);
    }
    for (String ending : List.of("txt", "csv")) {
      Path text = samples.resolve(FIRST_BATCH + ending);
      if (Files.exists(text)) {
        return new Seen(null, Files.readString(text));
      }
    }
    return null;
  }

  private static Map<String, Object> plain(Record content) {
    return JSON.convertValue(content, new TypeReference<Map<String, Object>>() {});
  }

  private static ClassResults classes(Split split, DataSplits data, ClassEvaluation evaluation) {
    List<ClassResults.Figures> figures =
        evaluation.classes().stream()
            .map(
                score ->
                    new ClassResults.Figures(
                        score.precision(), score.recall(), score.f1(), score.samples()))
            .toList();
    return new ClassResults(split.label(), data.classNames(), figures, evaluation.confusion());
  }

  private static List<Mistake> mistakes(
      Samples samples, DataSplits data, ClassEvaluation evaluation) {
    return evaluation.mistakes().stream()
        .map(
            mistake ->
                new Mistake(
                    String.valueOf(mistake.sample()),
                    data.classNames().get(mistake.label()),
                    data.classNames().get(mistake.predicted()),
                    mistake.probability(),
                    SampleViews.png(samples, mistake.sample()),
                    SampleViews.text(samples, data.preprocessing(), mistake.sample())))
        .toList();
  }
}
