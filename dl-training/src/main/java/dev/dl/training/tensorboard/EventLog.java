package dev.dl.training.tensorboard;

import dev.dl.core.run.FileSystem;
import dev.dl.core.run.RunDirectory;
import dev.dl.training.loop.MetricsSink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The lines of metrics.jsonl once more, in an event file beside it: {@code step/train.loss}, {@code
 * epoch/validation.accuracy}. Each part of a run that was interrupted has a file of its own.
 */
public final class EventLog implements MetricsSink {
  private static final String PREFIX = "events.out.tfevents.";
  private static final List<String> KINDS = List.of("step", "epoch");

  private final FileSystem fileSystem;
  private final Path file;
  private long reached;

  private EventLog(FileSystem fileSystem, Path file) {
    this.fileSystem = fileSystem;
    this.file = file;
  }

  /**
   * Begins a file. Where a run goes on, readers forget what the earlier files hold of this step and
   * those after it, and find here what metrics.jsonl has kept of them.
   *
   * @param step that the run has reached, metrics.jsonl being cut there
   */
  public static EventLog begin(RunDirectory run, long step) throws IOException {
    Path root = run.files().root();
    Optional<Long> newest = newest(root);
    long seconds = System.currentTimeMillis() / 1000;
    // Readers go by the order of the names.
    long number = newest.map(last -> Math.max(last + 1, seconds)).orElse(seconds);
    Path file = root.resolve(PREFIX + String.format(Locale.ROOT, "%010d.dl", number));
    EventLog log = new EventLog(run.fileSystem(), file);
    try (FileSystem.OutputFile output = run.fileSystem().create(file)) {
      output.write(Event.version(now()));
      if (newest.isPresent()) {
        output.write(Event.start(now(), step));
      }
    }
    for (Map<String, Object> line : run.files().readMetrics()) {
      if (newest.isEmpty() || step(line) >= step) {
        log.write(line);
      }
    }
    return log;
  }

  private static Optional<Long> newest(Path root) throws IOException {
    try (Stream<Path> files = Files.list(root)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.matches("events\\.out\\.tfevents\\.[0-9]{10}\\.dl"))
          .map(name -> Long.valueOf(name.substring(PREFIX.length(), PREFIX.length() + 10)))
          .max(Long::compare);
    }
  }

  @Override
  public void write(Map<String, Object> line) throws IOException {
    if (!KINDS.contains(line.get("kind"))) {
      return;
    }
    Map<String, Double> scalars =
        line.entrySet().stream()
            .filter(entry -> entry.getValue() instanceof Number)
            .filter(entry -> !KINDS.contains(entry.getKey()))
            .collect(
                Collectors.toMap(
                    entry -> line.get("kind") + "/" + entry.getKey(),
                    entry -> ((Number) entry.getValue()).doubleValue(),
                    (first, second) -> first,
                    TreeMap::new));
    long step = step(line);
    // Opened anew each time: a file held open would take events after the directory is gone.
    try (FileSystem.OutputFile output = fileSystem.append(file)) {
      if (step < reached) { // the run went back to a checkpoint
        output.write(Event.start(now(), step));
      }
      output.write(Event.scalars(now(), step, scalars));
    }
    reached = step;
  }

  private static long step(Map<String, Object> line) {
    return line.get("step") instanceof Number step ? step.longValue() : -1;
  }

  private static double now() {
    return System.currentTimeMillis() / 1e3;
  }
}
