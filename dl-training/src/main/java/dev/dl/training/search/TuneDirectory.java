package dev.dl.training.search;

import dev.dl.core.config.ConfigException;
import dev.dl.core.config.ConfigReader;
import dev.dl.core.config.ConfigWriter;
import dev.dl.core.run.FileSystem;
import dev.dl.core.run.JsonFile;
import dev.dl.core.run.RunLock;
import dev.dl.core.run.RunLockedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Where a search lives, locked until closed: {@code tune.yaml}, {@code base.yaml} as it was when
 * the search began, {@code trials.jsonl}, a run directory for each trial, and in the end {@code
 * tune.json} and {@code best.yaml}.
 */
public final class TuneDirectory implements AutoCloseable {
  private static final String LOCK = ".lock";

  private final Path root;
  private final RunLock lock;
  private final FileSystem fileSystem = FileSystem.local();

  private TuneDirectory(Path root, RunLock lock) {
    this.root = root;
    this.lock = lock;
  }

  /**
   * Begins a search in a directory, or goes on with the one that is there.
   *
   * @param base text of the base's configuration
   * @throws ConfigException if another search is there
   * @throws RunLockedException if another process is at it
   */
  public static TuneDirectory open(Path root, TuneSpec spec, String base) throws IOException {
    Files.createDirectories(root.toAbsolutePath().resolve("trials"));
    TuneDirectory directory =
        new TuneDirectory(root.toAbsolutePath(), RunLock.take(root.toAbsolutePath(), LOCK));
    try {
      directory.requireSame(spec, base);
      directory.write("base.yaml", base);
      directory.write("tune.yaml", ConfigWriter.yaml(spec)); // last, with what may have changed
      return directory;
    } catch (IOException | RuntimeException refused) {
      directory.close();
      throw refused;
    }
  }

  private void requireSame(TuneSpec spec, String base) throws IOException {
    Path recorded = root.resolve("tune.yaml");
    if (!Files.exists(recorded)) {
      return;
    }
    TuneSpec before = ConfigReader.read(recorded, List.of(), TuneSpec.class);
    if (!before.withoutLimits().equals(spec.withoutLimits())) {
      throw another(recorded, "a search other than that in " + recorded);
    }
    if (!Files.readString(base()).equals(base)) {
      throw another(base(), "a base other than " + base());
    }
  }

  private static ConfigException another(Path recorded, String found) {
    return new ConfigException(
        "--out",
        found,
        "the one that began there, but for trials and budget",
        "take another --out, or " + recorded.getFileName() + " as it is there");
  }

  /** The configuration that all trials are made from. */
  public Path base() {
    return root.resolve("base.yaml");
  }

  public Path journal() {
    return root.resolve("trials.jsonl");
  }

  /** The run directory of a trial; 0 is the base's. */
  public Path trial(int number) {
    return root.resolve("trials").resolve(String.format(Locale.ROOT, "trial-%04d", number));
  }

  /** The configuration that a search recommends. */
  public Path best() {
    return root.resolve("best.yaml");
  }

  /**
   * Writes what the search came to.
   *
   * @param best configuration, in YAML
   */
  public void finish(TuneReport report, String best) throws IOException {
    write("best.yaml", best);
    fileSystem.replace(root.resolve("tune.json"), output -> output.write(JsonFile.bytes(report)));
  }

  private void write(String name, String text) throws IOException {
    fileSystem.replace(
        root.resolve(name), output -> output.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }
}
