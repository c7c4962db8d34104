package dev.dl.training.comparison;

import dev.dl.core.config.ConfigReader;
import dev.dl.core.metric.MetricName;
import dev.dl.core.run.Provenance;
import dev.dl.core.run.RunFiles;
import dev.dl.core.run.Summary;
import dev.dl.training.loop.StopReason;
import dev.dl.training.spec.RunSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A run as a comparison sees it, read from its directory alone. Its curves are {@code
 * files().readMetrics()}.
 *
 * @param run the directory as it was given
 * @param provenance {@code null} where a start was killed before it was written
 * @param summary {@code null} where the run has not ended, or cannot be told to have
 */
public record ComparedRun(
    Path run, RunFiles files, RunSpec spec, Provenance provenance, Summary summary) {

  /**
   * Reads a run.
   *
   * @throws NoSuchFileException if none is there
   */
  public static ComparedRun read(Path run) throws IOException {
    RunFiles files = RunFiles.of(run);
    return new ComparedRun(
        run,
        files,
        ConfigReader.read(files.spec(), List.of(), RunSpec.class),
        Files.exists(files.provenance()) ? files.readProvenance() : null,
        Files.exists(files.summary()) ? files.readSummary() : null);
  }

  /**
   * Reads runs, and those inside of folders of runs; each once.
   *
   * @throws NoSuchFileException if none is there
   */
  public static List<ComparedRun> readAll(List<Path> given) throws IOException {
    Map<Path, ComparedRun> runs = new LinkedHashMap<>();
    for (Path path : given) {
      for (Path run : runs(path)) {
        ComparedRun read = read(run);
        runs.putIfAbsent(run.toRealPath(), read);
      }
    }
    return List.copyOf(runs.values());
  }

  /** The path itself, or the runs that are its children. */
  private static List<Path> runs(Path path) throws IOException {
    if (!Files.isDirectory(path) || Files.exists(new RunFiles(path).spec())) {
      return List.of(path);
    }
    try (Stream<Path> children = Files.list(path)) {
      List<Path> runs =
          children.filter(child -> Files.exists(new RunFiles(child).spec())).sorted().toList();
      return runs.isEmpty() ? List.of(path) : runs; // reading it says what is missing
    }
  }

  /** What messages call it. */
  public String name() {
    return run.toString();
  }

  public long seed() {
    return spec.seed();
  }

  /** Of the data and its splits; empty where it was not recorded. */
  public Optional<String> fingerprint() {
    return Optional.ofNullable(provenance).map(Provenance::dataFingerprint);
  }

  /** {@code completed}, {@code diverged} and so on, or {@code not finished}. */
  public String status() {
    return summary == null ? "not finished" : summary.status();
  }

  /** Whether it ended as its spec wants, with its best weights measured. */
  public boolean measured() {
    return List.of(StopReason.COMPLETED.label(), StopReason.EARLY_STOPPED.label())
        .contains(status());
  }

  /** The metrics of a split, without its name; the one that the run is judged by first. */
  public Map<String, Double> metrics(String split) {
    if (summary == null) {
      return Map.of();
    }
    return switch (split) {
      case "test" -> summary.test();
      case "validation" -> summary.validation();
      default -> Map.of();
    };
  }

  /** A finite metric. */
  public Optional<Double> value(MetricName metric) {
    return Optional.ofNullable(metrics(metric.split()).get(metric.metric()))
        .filter(Double::isFinite);
  }

  /** What it said of each sample of a split, if that was recorded. */
  public Optional<Path> predictions(String split) {
    return Optional.of(files.predictions(split)).filter(Files::exists);
  }

  /** SHA-256 of the weights that it came to; empty where there are none. */
  Optional<String> weights() {
    return Optional.ofNullable(summary).map(Summary::weightsSha256).filter(Objects::nonNull);
  }
}
