package dev.dl.core.run;

import dev.dl.core.config.ConfigException;
import dev.dl.core.config.ConfigWriter;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The directory of a run, locked for writing until closed. Each file in it is replaced as a whole
 * and durably; metrics.jsonl grows by lines. Methods throw {@link StorageException} when the disk
 * is full, broken, or the directory has vanished.
 */
public final class RunDirectory implements AutoCloseable {
  private static final Set<String> LEFT_BY_A_KILLED_START =
      Set.of(RunLock.FILE, "metrics.jsonl", "provenance.json", "log.txt", "stop");

  /** One element of a path on every platform, neither hidden nor like an option. */
  private static final Pattern NAME =
      Pattern.compile("[^-.\\s/\\\\:\\p{Cntrl}][^/\\\\:\\p{Cntrl}]*");

  private final RunFiles files;
  private final FileSystem fileSystem;
  private final RunLock lock;
  private boolean discarded;

  private RunDirectory(RunFiles files, FileSystem fileSystem, RunLock lock) {
    this.files = files;
    this.fileSystem = fileSystem;
    this.lock = lock;
  }

  /** Makes a directory for a new run, on this machine's storage. */
  public static RunDirectory create(Path root) throws IOException {
    return create(root, FileSystem.local());
  }

  /**
   * Makes a directory for a new run, or takes one that is empty. It holds a run once its spec is
   * written.
   *
   * @throws RunNotWritableException when that cannot be, or something is there
   * @throws RunLockedException when another process is at it
   */
  public static RunDirectory create(Path root, FileSystem fileSystem) throws IOException {
    RunFiles files = new RunFiles(root.toAbsolutePath());
    try {
      createWithParents(files.root(), fileSystem);
      requireUnused(files); // before the lock, which leaves a file
      RunLock lock = RunLock.take(files.root(), RunLock.FILE);
      try {
        requireUnused(files); // another process may have been first
        Files.deleteIfExists(files.stop());
        fileSystem.write(files.metrics(), output -> {});
        fileSystem.syncDirectory(files.root()); // before there is a spec, which makes it a run
        fileSystem.syncDirectory(files.root().getParent());
        return new RunDirectory(files, fileSystem, lock);
      } catch (IOException e) {
        lock.close();
        throw e;
      }
    } catch (RunLockedException | RunNotWritableException e) {
      throw e;
    } catch (IOException e) {
      throw new RunNotWritableException(files.root(), e);
    }
  }

  /** Refuses a name that a directory cannot have on every platform. */
  public static void requireName(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new ConfigException("name", '"' + name + '"', "a name that a directory can have", "");
    }
  }

  /** Makes {@code runs/name-n} with the smallest n that is free. */
  public static RunDirectory createNext(Path runs, String name) throws IOException {
    requireName(name);
    FileSystem fileSystem = FileSystem.local();
    try {
      createWithParents(runs.toAbsolutePath(), fileSystem);
      return create(firstFree(runs.toAbsolutePath(), name, fileSystem), fileSystem);
    } catch (StorageException e) {
      throw new RunNotWritableException(runs, e);
    }
  }

  /** Takes the directory of a run that exists, on this machine's storage. */
  public static RunDirectory open(Path root) throws IOException {
    return open(root, FileSystem.local());
  }

  /**
   * Takes the directory of a run that exists, to go on with it. A metrics line that a kill cut
   * short is removed.
   *
   * @throws NoSuchFileException when no run is there
   * @throws RunLockedException when another process is at it
   * @throws RunNotWritableException when it is read-only
   */
  public static RunDirectory open(Path root, FileSystem fileSystem) throws IOException {
    RunFiles files = RunFiles.of(root);
    try {
      RunDirectory run =
          new RunDirectory(files, fileSystem, RunLock.take(files.root(), RunLock.FILE));
      try {
        run.cutTornLine();
        Files.deleteIfExists(files.stop()); // that was meant for an earlier process
        return run;
      } catch (IOException e) {
        run.close();
        throw e;
      }
    } catch (RunLockedException e) {
      throw e;
    } catch (IOException e) {
      throw new RunNotWritableException(files.root(), e);
    }
  }

  public RunFiles files() {
    return files;
  }

  public FileSystem fileSystem() {
    return fileSystem;
  }

  /** Writes spec.yaml with every default; from here on the directory holds a run. */
  public void writeSpec(Record spec) throws IOException {
    replace(files.spec(), ConfigWriter.yaml(spec).getBytes(StandardCharsets.UTF_8));
  }

  public void writeProvenance(Provenance provenance) throws IOException {
    replace(files.provenance(), JsonFile.bytes(provenance));
  }

  /** Writes what became of each pretrained weight. */
  public void writePretrained(Object account) throws IOException {
    replace(files.pretrained(), JsonFile.bytes(account));
  }

  /**
   * Writes what prediction needs to treat a file as training did.
   *
   * @param contents of files that belong to it, by name
   */
  public void writePreprocessing(Object preprocessing, Map<String, byte[]> contents)
      throws IOException {
    for (Map.Entry<String, byte[]> content : contents.entrySet()) {
      replace(files.root().resolve(content.getKey()), content.getValue());
    }
    replace(files.preprocessing(), JsonFile.bytes(preprocessing));
  }

  /** Writes a file of its own into {@code samples}. */
  public void writeSample(String name, byte[] content) throws IOException {
    createMissing(files.samples());
    replace(files.samples().resolve(name), content);
  }

  /** Writes what is said of each sample of a split, line by line. */
  public void writePredictions(String split, FileSystem.Content lines) throws IOException {
    Path file = files.predictions(split);
    createMissing(file.getParent());
    fileSystem.replace(file, lines);
  }

  public void writeSummary(Summary summary) throws IOException {
    replace(files.summary(), JsonFile.bytes(summary));
  }

  public void writeReport(String html) throws IOException {
    replace(files.report(), html.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Adds a line to metrics.jsonl. Other processes see it at once; {@link #syncMetrics} makes it
   * durable.
   */
  public synchronized void appendMetrics(Map<String, Object> line) throws IOException {
    // Opened anew each time: a file held open would take lines after the directory is gone.
    try (FileSystem.OutputFile output = fileSystem.append(files.metrics())) {
      output.write(JsonFile.line(line));
    }
  }

  /** Makes the lines so far durable; others may be appended meanwhile. */
  public void syncMetrics() throws IOException {
    try (FileSystem.OutputFile output = fileSystem.append(files.metrics())) {
      output.sync();
    }
  }

  /**
   * Removes the lines of what a run that goes on is going to do again, and what is not readable.
   *
   * @param step whose line is the last to stay
   * @param epoch that runs: the lines of its end, and of later ones, go
   */
  public synchronized void cutMetrics(long step, int epoch) throws IOException {
    fileSystem.replace(
        files.metrics(),
        output -> {
          try (BufferedReader reader = files.openMetrics()) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
              if (isBefore(JsonFile.fields(line), step, epoch)) {
                output.write((line + "\n").getBytes(StandardCharsets.UTF_8));
              }
            }
          }
        });
  }

  private static boolean isBefore(Map<String, Object> line, long step, int epoch) {
    boolean later =
        "epoch".equals(line.get("kind"))
            && line.get("epoch") instanceof Number ended
            && ended.intValue() >= epoch;
    return line.get("step") instanceof Number at && at.longValue() <= step && !later;
  }

  /**
   * What a failure to read means to a run that goes on: a file of its own that is missing has
   * vanished, with its directory or alone; any other is an input.
   *
   * @return a {@link StorageException} of such a file, or the failure itself
   */
  public IOException told(IOException failure) {
    boolean own =
        failure instanceof NoSuchFileException missing
            && Path.of(missing.getFile()).startsWith(files.root());
    return own
        ? new StorageException(Path.of(((NoSuchFileException) failure).getFile()), failure)
        : failure;
  }

  /** Gives a new run up, before anything was trained; {@link #close} removes the directory. */
  public void discard() {
    discarded = true;
  }

  /** Lets other processes write to the run. */
  @Override
  public void close() throws IOException {
    try (lock) {
      if (discarded) {
        fileSystem.deleteTree(files.root());
      }
    }
  }

  private void replace(Path file, byte[] content) throws IOException {
    fileSystem.replace(file, output -> output.write(content));
  }

  private void createMissing(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      fileSystem.createDirectory(folder);
    }
  }

  private void cutTornLine() throws IOException {
    byte[] content = Files.readAllBytes(files.metrics());
    int whole = content.length;
    while (whole > 0 && content[whole - 1] != '\n') {
      whole--;
    }
    if (whole < content.length) {
      fileSystem.truncate(files.metrics(), whole);
    }
  }

  private static Path firstFree(Path runs, String name, FileSystem fileSystem) throws IOException {
    int n = 1;
    while (true) {
      Path root = runs.resolve(name + "-" + n);
      try {
        fileSystem.createDirectory(root);
        return root;
      } catch (FileAlreadyExistsException e) {
        n++; // also when another process was first
      }
    }
  }

  private static void createWithParents(Path directory, FileSystem fileSystem) throws IOException {
    if (!Files.isDirectory(directory)) {
      createWithParents(directory.getParent(), fileSystem);
      try {
        fileSystem.createDirectory(directory);
        fileSystem.syncDirectory(directory.getParent());
      } catch (FileAlreadyExistsException e) {
        if (!Files.isDirectory(directory)) { // else another process was first
          throw e;
        }
      }
    }
  }

  private static void requireUnused(RunFiles files) throws IOException {
    if (Files.exists(files.spec())) {
      throw new RunNotWritableException(
          files.root(), "a directory that holds a run", "continue it with --resume");
    }
    List<String> strange;
    try (Stream<Path> children = Files.list(files.root())) {
      strange =
          children
              .map(child -> child.getFileName().toString())
              .filter(name -> !LEFT_BY_A_KILLED_START.contains(name) && !name.endsWith(".tmp"))
              .sorted()
              .toList();
    }
    if (!strange.isEmpty()) {
      throw new RunNotWritableException(
          files.root(), "a directory that holds " + strange.get(0), "choose an empty one");
    }
  }
}
