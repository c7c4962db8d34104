package dev.dl.cli.watch;

import dev.dl.cli.watch.RunsFolder.Version;
import dev.dl.core.config.ConfigException;
import dev.dl.core.config.ConfigReader;
import dev.dl.core.run.JsonFile;
import dev.dl.core.run.RunFiles;
import dev.dl.core.run.Summary;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A run directory, looked at again and again: what did not change is not read again. */
final class WatchedRun {
  private static final int LONGEST_JSON = 1 << 20;
  private static final int LONGEST_TEXT = 1 << 18;
  private static final int LOG_BYTES = 1 << 16;
  private static final int MOST_SAMPLES = 200;

  private final String id;
  private final RunsFolder folder;
  private final RunFiles files;
  private final Progress progress = new Progress();
  private Optional<Version> specVersion = Optional.empty();
  private Map<String, String> spec = Map.of();
  private Optional<Version> summaryVersion = Optional.empty();
  private Optional<Summary> summary = Optional.empty();

  WatchedRun(String id, RunsFolder folder, Path directory) {
    this.id = id;
    this.folder = folder;
    this.files = new RunFiles(directory);
  }

  RunFiles files() {
    return files;
  }

  boolean isLive() throws IOException {
    return files.isInUse();
  }

  /** The row of the list. */
  synchronized RunRow row() {
    List<String> problems = new ArrayList<>();
    readSpec(problems);
    readSummary(problems);
    boolean live = isLive(problems);
    boolean ended = !live && summary.isPresent();
    if (!ended) {
      look(problems);
    }
    Integer epochs = wholeNumber(spec.get("training.epochs"));
    int epoch = ended ? summary.get().epochs() : progress.epochs();
    Optional<Double> step = ended ? Optional.of((double) summary.get().steps()) : progress.step();
    Optional<Double> all =
        epochs == null ? Optional.empty() : progress.stepsPerEpoch().map(one -> one * epochs);
    return new RunRow(
        id,
        spec.get("name"),
        status(live, problems),
        live,
        spec.getOrDefault("model.name", "own layers"),
        spec.get("data.source"),
        spec.get("seed"),
        epoch,
        epochs,
        step.orElse(null),
        live ? share(step, all, epoch, epochs) : null,
        ended ? metrics(summary.get()) : progress.bestMetrics(),
        summary.map(Summary::parameters).orElse(null),
        ended
            ? (Double) summary.get().samplesPerSecond()
            : progress.samplesPerSecond().orElse(null),
        ended ? (Double) summary.get().wallSeconds() : (Double) progress.seconds(),
        live ? secondsLeft(step, all) : null,
        changedMillis(),
        problems);
  }

  /** One run that may not be read does not keep the others from being shown. */
  private boolean isLive(List<String> problems) {
    try {
      return isLive();
    } catch (IOException unreadable) {
      problems.add("its lock cannot be read");
      return false;
    }
  }

  private void look(List<String> problems) {
    try {
      progress.look(folder, files.metrics());
    } catch (IOException unreadable) {
      problems.add("metrics.jsonl cannot be read");
    }
  }

  private String status(boolean live, List<String> problems) {
    if (live) {
      return folder.version(files.stop()).isPresent() ? "stopping" : "running";
    }
    if (!problems.isEmpty()) {
      return "damaged";
    }
    return summary.map(Summary::status).orElse("unfinished");
  }

  private void readSpec(List<String> problems) {
    Optional<Version> now = folder.version(files.spec());
    if (!now.equals(specVersion) || spec.isEmpty()) {
      specVersion = now;
      try {
        folder.open(files.spec()).close(); // refused if it is a link
        spec = ConfigReader.values(files.spec());
      } catch (ConfigException | IOException unusable) {
        spec = Map.of();
      }
    }
    if (spec.isEmpty()) {
      problems.add("spec.yaml cannot be read");
    }
  }

  private void readSummary(List<String> problems) {
    Optional<Version> now = folder.version(files.summary());
    if (!now.equals(summaryVersion)) {
      summaryVersion = now;
      summary = text(files.summary(), LONGEST_JSON).flatMap(WatchedRun::summary);
    }
    if (now.isPresent() && summary.isEmpty()) {
      problems.add("summary.json cannot be read");
    }
  }

  private static Optional<Summary> summary(String json) {
    try {
      return JsonFile.value(json, Summary.class);
    } catch (RuntimeException incomplete) { // what it lacks may be what its metrics are read from
      return Optional.empty();
    }
  }

  private static Map<String, Double> metrics(Summary summary) {
    Map<String, Double> metrics = new LinkedHashMap<>();
    if (summary.best() != null) {
      metrics.putAll(summary.best().metrics());
    }
    summary.validation().forEach((name, value) -> metrics.put("validation." + name, value));
    summary.test().forEach((name, value) -> metrics.put("test." + name, value));
    return metrics;
  }

  private static Double share(
      Optional<Double> step, Optional<Double> all, int epoch, Integer epochs) {
    if (step.isPresent() && all.isPresent()) {
      return Math.min(1, step.get() / all.get());
    }
    return epochs == null || epochs < 1 ? null : Math.min(1, (double) epoch / epochs);
  }

  private Double secondsLeft(Optional<Double> step, Optional<Double> all) {
    double done = progress.stepsPerEpoch().orElse(0.0) * progress.epochs();
    return step.isEmpty() || all.isEmpty() || done == 0
        ? null
        : (Double) Math.max(0, (all.get() - step.get()) * progress.seconds() / done);
  }

  private long changedMillis() {
    return List.of(files.metrics(), files.summary(), files.spec()).stream()
        .flatMap(file -> folder.version(file).stream())
        .mapToLong(Version::millis)
        .max()
        .orElse(0);
  }

  private static Integer wholeNumber(String text) {
    try {
      return text == null ? null : Integer.valueOf(text);
    } catch (NumberFormatException e) {
      return null;
    }
  }

  /**
   * All that its page shows besides its metrics.
   *
   * @param samples names of files that people can look at
   * @param log its end
   * @param report whether there is one
   */
  record Detail(
      RunRow row,
      String spec,
      Map<String, Object> provenance,
      Map<String, Object> summary,
      List<String> samples,
      String log,
      boolean report) {}

  Detail detail() throws IOException {
    return new Detail(
        row(),
        text(files.spec(), LONGEST_TEXT).orElse(""),
        text(files.provenance(), LONGEST_JSON).map(JsonFile::fields).orElse(Map.of()),
        text(files.summary(), LONGEST_JSON).map(JsonFile::fields).orElse(Map.of()),
        samples(),
        log(),
        folder.version(files.report()).isPresent());
  }

  /** Files that people can look at. */
  List<String> samples() {
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> children =
        Files.newDirectoryStream(files.samples(), "*.{png,txt,csv}")) {
      for (Path child : children) {
        if (folder.version(child).isPresent() && names.size() < MOST_SAMPLES) {
          names.add(child.getFileName().toString());
        }
      }
    } catch (IOException none) {
      return List.of();
    }
    names.sort(null);
    return names;
  }

  private String log() throws IOException {
    long size = folder.version(files.log()).map(Version::bytes).orElse(0L);
    if (size == 0) {
      return "";
    }
    long from = Math.max(0, size - LOG_BYTES);
    String text = new String(folder.read(files.log(), from, LOG_BYTES), StandardCharsets.UTF_8);
    return from == 0 ? text : text.substring(text.indexOf('\n') + 1);
  }

  /** Empty where it is missing, longer, or cannot be read. */
  private Optional<String> text(Path file, int longest) {
    try {
      byte[] bytes = folder.read(file, 0, longest + 1);
      return bytes.length > longest
          ? Optional.empty()
          : Optional.of(new String(bytes, StandardCharsets.UTF_8));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
