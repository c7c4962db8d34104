package dev.dl.training.checkpoint;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import dev.dl.core.run.DamagedFileException;
import dev.dl.core.run.JsonFile;
import dev.dl.core.run.RunFiles;
import dev.dl.core.tensorfile.SafeTensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds and reads the checkpoints of a run. Needs no lock: it may read while the run goes on. */
public final class CheckpointReader {
  static final String WEIGHTS = "weights.safetensors";
  static final String OPTIMIZER = "optimizer.safetensors";
  static final String STATE = "state.json";
  private static final Pattern NAME = Pattern.compile("step-\\d{8,18}");

  private final Path folder;

  public CheckpointReader(RunFiles run) {
    this.folder = run.checkpoints();
  }

  /** The newest checkpoint that is whole. */
  public Restored latest() throws IOException {
    return latest(directory -> true);
  }

  /** The newest of some checkpoints that is whole. */
  Restored latest(Predicate<Path> wanted) throws IOException {
    return firstWhole(wanted);
  }

  /** The best checkpoint, or the one before it that was best if that is not whole. */
  public Restored best() throws IOException {
    return firstWhole(CheckpointReader::isBest);
  }

  /** Looks again if the run has dropped one meanwhile: by then another is in its place. */
  private Restored firstWhole(Predicate<Path> wanted) throws IOException {
    List<Path> listed;
    Restored found;
    do {
      listed = newestFirst();
      found = firstWhole(listed.stream().filter(wanted).toList());
    } while (listed.stream().anyMatch(directory -> Files.notExists(directory, NOFOLLOW_LINKS)));
    return found;
  }

  /** Directories of checkpoints, damaged ones too. */
  List<Path> newestFirst() throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> children = Files.list(folder)) {
      return children
          .filter(child -> NAME.matcher(child.getFileName().toString()).matches())
          .sorted(Comparator.comparingLong(CheckpointReader::step).reversed())
          .toList();
    }
  }

  /** The name of a checkpoint's directory: {@code step-00000500}. */
  static String name(long step) {
    return String.format(Locale.ROOT, "step-%08d", step);
  }

  static long step(Path directory) {
    return Long.parseLong(directory.getFileName().toString().substring("step-".length()));
  }

  /** What state.json says, before anything is verified; empty when it cannot be read. */
  static Optional<StateFile> state(Path directory) {
    try {
      return Optional.of(JsonFile.read(directory.resolve(STATE), StateFile.class));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  static boolean isBest(Path directory) {
    return state(directory).map(StateFile::best).orElse(false);
  }

  private static Restored firstWhole(List<Path> directories) {
    List<Restored.Skipped> skipped = new ArrayList<>();
    for (Path directory : directories) {
      try {
        return new Restored(Optional.of(read(directory)), List.copyOf(skipped));
      } catch (NoSuchFileException e) {
        skipped.add(new Restored.Skipped(directory, e.getFile() + " is missing"));
      } catch (IOException e) {
        skipped.add(new Restored.Skipped(directory, e.getMessage()));
      }
    }
    return new Restored(Optional.empty(), List.copyOf(skipped));
  }

  private static Checkpoint read(Path directory) throws IOException {
    CheckpointManifest.read(directory).verify(directory);
    StateFile file = JsonFile.read(directory.resolve(STATE), StateFile.class);
    if (file.formatVersion() != StateFile.FORMAT_VERSION) {
      throw new DamagedFileException(
          directory.resolve(STATE),
          "format version " + file.formatVersion(),
          "version " + StateFile.FORMAT_VERSION + "; use the dl that wrote it, or a newer one");
    }
    if (file.state().step() != step(directory)) {
      throw new DamagedFileException(
          directory.resolve(STATE), "step " + file.state().step(), "the one of its directory");
    }
    return new Checkpoint(
        directory,
        file.state(),
        SafeTensors.read(directory.resolve(WEIGHTS)),
        SafeTensors.read(directory.resolve(OPTIMIZER)));
  }
}
