package dev.dl.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dl.core.backend.Backend;
import dev.dl.core.config.ConfigReader;
import dev.dl.core.run.RunDirectory;
import dev.dl.models.KnownModels;
import dev.dl.training.spec.RunSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RateSearchTest {
  private static final String CONFIG =
      """
      name: trial
      data: {source: digits}
      model: {name: mlp}
      schedule: {name: cosine}
      training: {epochs: 4, batchSize: 64, preflight: false}
      """;

  private static final List<Double> GRID = List.of(1e-5, 1e-4, 1e-3, 1e-2, 1e-1, 1.0);

  @TempDir private Path folder;

  /** One rate suits every optimizer badly: the best of the grid lie far apart. */
  @ParameterizedTest
  @ValueSource(strings = {"adamw", "sgd", "lion"})
  void suggestsARateThatTrainsAboutAsWellAsTheBestOfAGrid(String optimizer) throws IOException {
    String name = "optimizer.name=" + optimizer;
    double suggested = RateSearch.of(start(List.of(name)), 100).suggestion().orElseThrow();
    Map<Double, Double> accuracies = new TreeMap<>();
    for (double rate : GRID) {
      accuracies.put(rate, accuracy(name, rate));
    }
    double best = accuracies.values().stream().max(Comparator.naturalOrder()).orElseThrow();
    double ours = accuracy(name, suggested);
    System.out.printf("%s: %s gives %.4f; the grid %s%n", optimizer, suggested, ours, accuracies);

    assertThat(ours).isGreaterThan(best - 0.03);
    assertThat(accuracies.values().stream().filter(other -> other < ours - 0.05))
        .as("rates of the grid that are far worse")
        .hasSizeGreaterThanOrEqualTo(2);
  }

  private double accuracy(String optimizer, double rate) throws IOException {
    TrainingRun.Start start =
        start(List.of(optimizer, String.format("optimizer.learningRate=%.10f", rate)));
    try (RunDirectory directory = RunDirectory.create(folder.resolve(optimizer + "-" + rate))) {
      TrainingRun.End end = TrainingRun.begin(start, directory, List.of());
      return end.summary().validation().getOrDefault("accuracy", 0.0);
    }
  }

  private static TrainingRun.Start start(List<String> overrides) {
    RunSpec spec = ConfigReader.parse(CONFIG, "trial.yaml", overrides, RunSpec.class);
    return new TrainingRun.Start(
        spec, KnownModels.shipped(), Backend.cpu("test"), List.of(), Path.of(""), null);
  }
}
