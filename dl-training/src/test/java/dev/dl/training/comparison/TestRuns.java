package dev.dl.training.comparison;

import dev.dl.core.config.ConfigReader;
import dev.dl.core.kernel.ConvolutionRule;
import dev.dl.core.metric.Prediction;
import dev.dl.core.run.Provenance;
import dev.dl.core.run.RunDirectory;
import dev.dl.core.run.Summary;
import dev.dl.training.evaluation.PredictionFile;
import dev.dl.training.spec.RunSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;

/** Writes directories of runs as if they had been trained, and reads them back. */
final class TestRuns {
  private static final String CONFIG =
      """
      name: trial
      data: {source: iris}
      model: {name: mlp}
      training: {epochs: 3}
      """;

  private final Path folder;
  private final List<ComparedRun> all = new ArrayList<>();

  TestRuns(Path folder) {
    this.folder = folder;
  }

  List<ComparedRun> all() {
    return all;
  }

  /** One run of a model for each accuracy, with the seeds 1, 2 and so on. */
  TestRuns add(String model, double... accuracies) throws IOException {
    for (int i = 0; i < accuracies.length; i++) {
      add(accuracies[i], "completed", "data", "model.name=" + model, "seed=" + (i + 1));
    }
    return this;
  }

  /** A run with overrides of its spec. */
  TestRuns add(double accuracy, String status, String fingerprint, String... overrides)
      throws IOException {
    RunSpec spec = ConfigReader.parse(CONFIG, "trial.yaml", List.of(overrides), RunSpec.class);
    Path root = folder.resolve("run-" + (all.size() + 1));
    try (RunDirectory run = RunDirectory.create(root)) {
      run.writeSpec(spec);
      run.writeProvenance(provenance(fingerprint));
      if (status != null) {
        run.writeSummary(summary(status, accuracy));
      }
    }
    all.add(ComparedRun.read(root));
    return this;
  }

  /** Predictions of 100 samples for the last run. */
  TestRuns predicting(IntPredicate right) throws IOException {
    ComparedRun last = all.get(all.size() - 1);
    try (RunDirectory run = RunDirectory.open(last.run())) {
      run.writePredictions(
          "test",
          output ->
              PredictionFile.write(
                  output,
                  lines -> {
                    for (int sample = 0; sample < 100; sample++) {
                      int predicted = right.test(sample) ? 0 : 1;
                      lines.accept(new Prediction(sample, 0, predicted, 0.75, 0.5));
                    }
                  }));
    }
    return this;
  }

  private static Summary summary(String status, double accuracy) {
    boolean measured = status.equals("completed");
    return new Summary(
        status,
        3,
        30,
        null,
        measured ? Map.of("accuracy", accuracy / 2) : Map.of(),
        measured ? Map.of("accuracy", accuracy) : Map.of(),
        42,
        "ab",
        100,
        2.5,
        "cpu",
        1_000L,
        null);
  }

  private static Provenance provenance(String fingerprint) {
    return new Provenance(
        "2026-01-01T00:00:00Z",
        List.of(),
        Provenance.Software.running("1", null, Map.of()),
        new Provenance.Machine("one", 2, 2),
        new Provenance.Backend("cpu", "", null, 1, "onednn", ConvolutionRule.LEAST_COST),
        fingerprint,
        null,
        null,
        null);
  }
}
