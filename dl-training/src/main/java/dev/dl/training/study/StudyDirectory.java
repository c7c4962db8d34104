package dev.dl.training.study;

import dev.dl.core.config.ConfigWriter;
import dev.dl.core.data.problem.DataException;
import dev.dl.core.run.FileSystem;
import dev.dl.core.run.JsonFile;
import dev.dl.core.run.RunLock;
import dev.dl.core.run.RunNotWritableException;
import dev.dl.training.comparison.Comparison;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The directory of a study: {@code study.yaml}, its cells' run directories in {@code cells}, and
 * {@code study.json}, which says what follows from them. Any number of processes may be at it.
 *
 * @param root the directory
 */
public record StudyDirectory(Path root) {

  /** The folder of a study's runs where the path is a study, else the path. */
  public static Path runsOf(Path path) {
    StudyDirectory study = new StudyDirectory(path);
    return Files.exists(study.spec()) ? study.cells() : path;
  }

  /** What a study was started with. */
  public Path spec() {
    return root.resolve("study.yaml");
  }

  /** Where its cells stand. */
  public Path status() {
    return root.resolve("study.json");
  }

  /** What the candidates come to beside each other. */
  public Path comparison() {
    return root.resolve("comparison.json");
  }

  public Path report() {
    return root.resolve("report.html");
  }

  /** The folder of the run directories. */
  public Path cells() {
    return root.resolve("cells");
  }

  /** The folder of the short runs that measured how fast the candidates are, if there were any. */
  public Path pilots() {
    return root.resolve("pilots");
  }

  /**
   * Makes the directory, or takes the one that is there.
   *
   * @throws RunNotWritableException if that cannot be, or something else is there
   */
  public void create() throws IOException {
    try {
      if (!Files.isDirectory(root)) { // a link to one is none that is to be made
        Files.createDirectories(root);
      }
      if (!Files.exists(spec())) {
        requireUnused();
      }
      Files.createDirectories(cells());
    } catch (RunNotWritableException e) {
      throw e;
    } catch (IOException e) {
      throw new RunNotWritableException(
          root,
          "a place where nothing can be made (" + e.getMessage() + ")",
          "choose another --out");
    }
  }

  /** The left-overs of a start that was killed are no reason. */
  private void requireUnused() throws IOException {
    try (Stream<Path> children = Files.list(root)) {
      List<String> strange =
          children
              .map(child -> child.getFileName().toString())
              .filter(
                  name -> !name.startsWith(".") && !name.equals("cells") && !name.equals("pilots"))
              .sorted()
              .toList();
      if (!strange.isEmpty()) {
        throw new RunNotWritableException(
            root, "a directory that holds " + strange.get(0), "choose another --out");
      }
    }
  }

  /**
   * Writes down the plan and prepares its cells; those that failed before are tried again.
   *
   * @throws DataException if cells were trained on other data
   */
  public Cells prepare(StudyPlan plan) throws IOException {
    List<Cell> cells = plan.cells(cells());
    try (RunLock lock = RunLock.await(root)) {
      for (Cell cell : cells) {
        cell.prepare();
        requireSameData(cell, plan.dataFingerprint());
        if (cell.state() == CellState.FAILED) {
          cell.reopen();
        }
      }
      replace(spec(), ConfigWriter.yaml(plan.study()).getBytes(StandardCharsets.UTF_8));
    }
    return new Cells(cells);
  }

  private static void requireSameData(Cell cell, String fingerprint) throws IOException {
    Path provenance = cell.files().provenance();
    String trained =
        Files.exists(provenance) ? cell.files().readProvenance().dataFingerprint() : null;
    if (trained != null && !trained.equals(fingerprint)) {
      throw new DataException(
          cell.directory().toString(),
          "a cell trained on data with fingerprint " + trained,
          fingerprint + ", that of the data now; put the data back, or choose another --out");
    }
  }

  /** Writes study.json. */
  public void write(StudyStatus status) throws IOException {
    try (RunLock lock = RunLock.await(root)) {
      replace(status(), JsonFile.bytes(status));
    }
  }

  /** What study.json says; empty before a study has one, and where there is no study. */
  public Optional<StudyStatus> readStatus() throws IOException {
    return Files.exists(status())
        ? Optional.of(JsonFile.read(status(), StudyStatus.class))
        : Optional.empty();
  }

  /** Writes comparison.json. */
  public void write(Comparison comparison) throws IOException {
    try (RunLock lock = RunLock.await(root)) {
      replace(comparison(), JsonFile.bytes(comparison));
    }
  }

  /** Writes report.html. */
  public void writeReport(String html) throws IOException {
    try (RunLock lock = RunLock.await(root)) {
      replace(report(), html.getBytes(StandardCharsets.UTF_8));
    }
  }

  private static void replace(Path file, byte[] content) throws IOException {
    FileSystem.local().replace(file, output -> output.write(content));
  }
}
