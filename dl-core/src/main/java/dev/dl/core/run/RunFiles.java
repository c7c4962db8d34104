package dev.dl.core.run;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The files of a run, for reading; also while the run goes on.
 *
 * @param root the run directory
 */
public record RunFiles(Path root) {
  private static final long LAST_BYTES = 1 << 13;

  /**
   * The files of the run in {@code root}.
   *
   * @throws NoSuchFileException when no run is there
   */
  public static RunFiles of(Path root) throws NoSuchFileException {
    RunFiles files = new RunFiles(root.toAbsolutePath());
    if (!Files.isRegularFile(files.spec())) {
      throw new NoSuchFileException(files.spec().toString());
    }
    return files;
  }

  /** The resolved configuration; a run directory with it holds a run. */
  public Path spec() {
    return root.resolve("spec.yaml");
  }

  public Path provenance() {
    return root.resolve("provenance.json");
  }

  /** What became of each pretrained weight, in a run that began with such. */
  public Path pretrained() {
    return root.resolve("pretrained.json");
  }

  public Path preprocessing() {
    return root.resolve("preprocessing.json");
  }

  public Path metrics() {
    return root.resolve("metrics.jsonl");
  }

  public Path summary() {
    return root.resolve("summary.json");
  }

  /** What a run with adapters of low rank has trained, alone. */
  public Path adapters() {
    return root.resolve("adapters.safetensors");
  }

  public Path log() {
    return root.resolve("log.txt");
  }

  public Path report() {
    return root.resolve("report.html");
  }

  /** Whether it is there or not says if the run is asked to save and end. */
  public Path stop() {
    return root.resolve("stop");
  }

  /** Asks the process that is at the run to finish its step, save and end. */
  public void askToStop() throws IOException {
    try {
      Files.createFile(stop());
    } catch (FileAlreadyExistsException e) {
      // asked already
    }
  }

  /** Whether another process is at the run. */
  public boolean isInUse() throws IOException {
    return RunLock.isHeld(root);
  }

  /**
   * What the best weights say of each sample of a split, in runs that tell one class of each.
   *
   * @param split {@code validation} or {@code test}
   */
  public Path predictions(String split) {
    return root.resolve("predictions").resolve(split + ".csv");
  }

  /** The folder of what training began with, for people to look at. */
  public Path samples() {
    return root.resolve("samples");
  }

  public Path checkpoints() {
    return root.resolve("checkpoints");
  }

  public Summary readSummary() throws IOException {
    return JsonFile.read(summary(), Summary.class);
  }

  /** Reads preprocessing.json as what it was written from. */
  public <T> T readPreprocessing(Class<T> type) throws IOException {
    return JsonFile.read(preprocessing(), type);
  }

  public Provenance readProvenance() throws IOException {
    return JsonFile.read(provenance(), Provenance.class);
  }

  /** The lines of metrics.jsonl so far; a last line still being written is left out. */
  public List<Map<String, Object>> readMetrics() throws IOException {
    try (BufferedReader reader = openMetrics()) {
      return reader.lines().map(JsonFile::fields).filter(line -> !line.isEmpty()).toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** The last lines of metrics.jsonl, cheaply; those still being written are left out. */
  public List<Map<String, Object>> readLastMetrics() throws IOException {
    try (FileChannel channel = FileChannel.open(metrics())) {
      ByteBuffer end = ByteBuffer.allocate((int) Math.min(LAST_BYTES, channel.size()));
      channel.position(channel.size() - end.capacity());
      while (end.hasRemaining() && channel.read(end) >= 0) {
        // reads on
      }
      return new String(end.array(), 0, end.position(), StandardCharsets.UTF_8)
          .lines()
          .map(JsonFile::fields)
          .filter(line -> !line.isEmpty())
          .toList();
    }
  }

  /** The text of metrics.jsonl; bytes that are not UTF-8, as in a torn line, become U+FFFD. */
  BufferedReader openMetrics() throws IOException {
    return new BufferedReader(
        new InputStreamReader(Files.newInputStream(metrics()), StandardCharsets.UTF_8));
  }
}
