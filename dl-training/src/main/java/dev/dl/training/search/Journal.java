package dev.dl.training.search;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.dl.core.run.DamagedFileException;
import dev.dl.core.run.FileSystem;
import dev.dl.core.run.JsonFile;
import dev.dl.training.search.Trial.Result;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * All that a search remembers: {@code trials.jsonl}, to which lines are only added. What is chosen
 * is written before it is trained, and what it came to after; what a search does next follows from
 * these lines, so that one that was killed goes on as it would have.
 */
final class Journal {
  private final Path file;
  private final FileSystem fileSystem = FileSystem.local();
  private final Map<Integer, Trial> trials = new TreeMap<>();

  /** One line: with values, a trial that was chosen; else a result, or why there is none. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Line(
      int trial,
      Map<String, String> values,
      Integer epochs,
      Double value,
      Double seconds,
      String failure) {}

  private Journal(Path file) {
    this.file = file;
  }

  /** Reads the journal, or begins one; a last line that a kill cut short is removed. */
  static Journal open(Path file) throws IOException {
    Journal journal = new Journal(file);
    if (!Files.exists(file)) {
      journal.fileSystem.write(file, output -> {});
      journal.fileSystem.syncDirectory(file.getParent());
      return journal;
    }
    String text = Files.readString(file);
    String whole = text.substring(0, text.lastIndexOf('\n') + 1);
    if (whole.length() < text.length()) {
      journal.fileSystem.truncate(file, whole.getBytes(StandardCharsets.UTF_8).length);
    }
    for (String line : whole.lines().toList()) {
      journal.apply(
          JsonFile.value(line, Line.class)
              .filter(read -> read.values != null || journal.trials.containsKey(read.trial))
              .orElseThrow(
                  () -> new DamagedFileException(file, "a line that is no trial's", "trials")));
    }
    return journal;
  }

  /** The trials in the order of their numbers, that of the base included. */
  List<Trial> trials() {
    return new ArrayList<>(trials.values());
  }

  void choose(Trial trial) throws IOException {
    add(new Line(trial.number(), trial.values(), null, null, null, null));
  }

  void note(Trial trial, Result result) throws IOException {
    add(new Line(trial.number(), null, result.epochs(), result.value(), result.seconds(), null));
  }

  void fail(Trial trial, String reason) throws IOException {
    add(new Line(trial.number(), null, null, null, null, reason));
  }

  private void add(Line line) throws IOException {
    try (FileSystem.OutputFile output = fileSystem.append(file)) {
      output.write(JsonFile.line(line));
      output.sync();
    }
    apply(line);
  }

  private void apply(Line line) {
    Trial trial = trials.get(line.trial);
    if (line.values != null) {
      trial = Trial.of(line.trial, line.values);
    } else if (line.failure != null) {
      trial = trial.failed(line.failure);
    } else {
      trial = trial.with(new Result(line.epochs, line.value, line.seconds));
    }
    trials.put(line.trial, trial);
  }
}
