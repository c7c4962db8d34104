package dev.dl.training.checkpoint;

import dev.dl.core.run.FileSystem;
import dev.dl.core.run.JsonFile;
import dev.dl.core.run.RunDirectory;
import dev.dl.core.run.StorageException;
import dev.dl.core.tensorfile.SafeTensors;
import dev.dl.core.tensorfile.Tensor;
import dev.dl.training.checkpoint.CheckpointManifest.Fingerprint;
import dev.dl.training.spec.CheckpointSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Saves and restores the checkpoints of one run. A checkpoint is written beside its place, made
 * durable, and renamed into it, so at every instant the directories named {@code step-...} are
 * whole. {@code index.json} lists them for other programs; dl itself goes by the directories.
 *
 * <p>One thread at a time may use it.
 */
public final class CheckpointStore {
  private static final String TEMPORARY = ".tmp";
  private static final String REPLACED = ".replaced";

  private final RunDirectory run;
  private final FileSystem fileSystem;
  private final Path folder;
  private final CheckpointSpec spec;
  private final CheckpointReader reader;

  private CheckpointStore(RunDirectory run, CheckpointSpec spec) {
    this.run = run;
    this.fileSystem = run.fileSystem();
    this.folder = run.files().checkpoints();
    this.spec = spec;
    this.reader = new CheckpointReader(run.files());
  }

  /** The checkpoints of a run; clears away what a kill in the middle of a save left. */
  public static CheckpointStore open(RunDirectory run, CheckpointSpec spec) throws IOException {
    CheckpointStore store = new CheckpointStore(run, spec);
    if (!Files.isDirectory(store.folder)) {
      store.fileSystem.createDirectory(store.folder);
      store.fileSystem.syncDirectory(store.folder.getParent());
    }
    store.recover();
    return store;
  }

  /**
   * Saves a checkpoint durably, then drops those that the spec does not keep, and those of later
   * steps: a run that went on from an earlier step has not reached them. A checkpoint of the same
   * step is replaced.
   *
   * @param best whether it is the best so far; the one that was best stays until this one is
   *     durable
   * @throws StorageException when it could not be saved; the earlier ones stay
   */
  public void save(
      TrainingState state, Map<String, Tensor> weights, Map<String, Tensor> optimizer, boolean best)
      throws IOException {
    recover();
    run.syncMetrics();
    Path target = folder.resolve(CheckpointReader.name(state.step()));
    Path temporary = hidden(target, TEMPORARY);
    try {
      write(temporary, new StateFile(StateFile.FORMAT_VERSION, best, state), weights, optimizer);
      commit(temporary, target);
    } catch (IOException e) {
      fileSystem.deleteAfter(e, temporary);
      throw explained(e, target, bytes(weights) + bytes(optimizer));
    }
    List<Path> kept = kept(state.step());
    List<Path> dropped = hideAllBut(kept);
    writeIndex(kept); // which makes the names durable: what is half deleted has none any more
    for (Path directory : dropped) {
      fileSystem.deleteTree(directory);
    }
  }

  /** The failure, told with the room that is needed where there is too little. */
  private IOException explained(IOException failure, Path target, long needed) {
    return failure instanceof StorageException
        ? StorageException.withRoom(failure, target, needed, folder)
        : failure;
  }

  /** Of the values alone, which is nearly all that a file takes. */
  private static long bytes(Map<String, Tensor> tensors) {
    return tensors.values().stream().mapToLong(tensor -> tensor.values().length).sum()
        * Float.BYTES;
  }

  /** The newest checkpoint that is whole. */
  public Restored latest() throws IOException {
    return reader.latest();
  }

  /**
   * The newest whole checkpoint that the spec's intervals asked for, or of the beginning: the same
   * for a run that was interrupted as for one that was not. Where there is none, the newest.
   */
  public Restored latestScheduled() throws IOException {
    Restored scheduled = reader.latest(this::isScheduled);
    return scheduled.checkpoint().isPresent() ? scheduled : latest();
  }

  /** The best checkpoint that is whole. */
  public Restored best() throws IOException {
    return reader.best();
  }

  private void write(
      Path directory, StateFile state, Map<String, Tensor> weights, Map<String, Tensor> optimizer)
      throws IOException {
    fileSystem.createDirectory(directory);
    Map<String, FileSystem.Content> contents = new LinkedHashMap<>();
    contents.put(CheckpointReader.WEIGHTS, output -> SafeTensors.write(output, weights, Map.of()));
    contents.put(
        CheckpointReader.OPTIMIZER, output -> SafeTensors.write(output, optimizer, Map.of()));
    contents.put(CheckpointReader.STATE, output -> output.write(JsonFile.bytes(state)));

    Map<String, Fingerprint> fingerprints = new LinkedHashMap<>();
    for (Map.Entry<String, FileSystem.Content> entry : contents.entrySet()) {
      Path file = directory.resolve(entry.getKey());
      fingerprints.put(entry.getKey(), writeHashed(file, entry.getValue()));
    }
    byte[] manifest = JsonFile.bytes(new CheckpointManifest(state.state().step(), fingerprints));
    fileSystem.write(directory.resolve(CheckpointManifest.FILE), output -> output.write(manifest));
    fileSystem.syncDirectory(directory);
  }

  private Fingerprint writeHashed(Path file, FileSystem.Content content) throws IOException {
    try (FileSystem.OutputFile output = fileSystem.create(file)) {
      HashingOutput hashed = new HashingOutput(output);
      content.writeTo(hashed);
      output.sync();
      return hashed.fingerprint();
    }
  }

  /** Puts a written checkpoint in its place; one that is there steps aside until it is. */
  private void commit(Path temporary, Path target) throws IOException {
    Path replaced = hidden(target, REPLACED);
    if (Files.exists(target)) {
      fileSystem.move(target, replaced);
    }
    try {
      fileSystem.move(temporary, target);
      fileSystem.syncDirectory(folder);
    } catch (IOException e) {
      restore(replaced, target, e);
      throw e;
    }
    if (Files.exists(replaced)) {
      fileSystem.deleteTree(replaced);
    }
  }

  private void restore(Path replaced, Path target, IOException failure) {
    try {
      if (Files.exists(replaced) && !Files.exists(target)) {
        fileSystem.move(replaced, target);
      }
    } catch (IOException e) {
      failure.addSuppressed(e); // left to recover() of the next start
    }
  }

  /** The newest up to {@code step}, as many as the spec says, the best, and one to go back to. */
  private List<Path> kept(long step) throws IOException {
    List<Path> reached =
        reader.newestFirst().stream().filter(path -> CheckpointReader.step(path) <= step).toList();
    Set<Path> kept = new LinkedHashSet<>(reached.subList(0, Math.min(spec.keep(), reached.size())));
    reached.stream().filter(CheckpointReader::isBest).findFirst().ifPresent(kept::add);
    reached.stream().filter(this::isScheduled).findFirst().ifPresent(kept::add);
    return List.copyOf(kept);
  }

  private boolean isScheduled(Path directory) {
    return CheckpointReader.state(directory)
        .map(file -> isScheduled(file.state().position()))
        .orElse(false);
  }

  private boolean isScheduled(TrainingState.Position position) {
    return position.stepInEpoch() == 0
        ? spec.isDueAfterEpoch(position.epoch() - 1)
        : spec.isDueAfterStep(position.step());
  }

  private void writeIndex(List<Path> kept) throws IOException {
    CheckpointIndex index = CheckpointIndex.of(kept);
    fileSystem.replace(folder.resolve("index.json"), output -> output.write(JsonFile.bytes(index)));
  }

  /** Takes their names from the others: what is half deleted must not look like a damaged one. */
  private List<Path> hideAllBut(List<Path> kept) throws IOException {
    List<Path> dropped = new ArrayList<>();
    for (Path directory : reader.newestFirst()) {
      if (!kept.contains(directory)) {
        Path doomed = hidden(directory, TEMPORARY);
        fileSystem.move(directory, doomed);
        dropped.add(doomed);
      }
    }
    return dropped;
  }

  /** Clears away what an interrupted save left; one that was to be replaced goes back. */
  private void recover() throws IOException {
    List<Path> left;
    try (Stream<Path> children = Files.list(folder)) {
      left = children.filter(CheckpointStore::isLeft).sorted().toList();
    }
    if (!left.isEmpty()) {
      fileSystem.syncDirectory(folder); // what stands in their place stays, before they go
    }
    for (Path child : left) {
      String name = child.getFileName().toString();
      if (name.endsWith(REPLACED)) {
        Path target = folder.resolve(name.substring(1, name.length() - REPLACED.length()));
        if (Files.exists(target)) {
          fileSystem.deleteTree(child);
        } else {
          fileSystem.move(child, target);
        }
      } else {
        fileSystem.deleteTree(child);
      }
    }
  }

  private static boolean isLeft(Path child) {
    String name = child.getFileName().toString();
    return name.startsWith(".") && name.endsWith(TEMPORARY)
        || name.startsWith(".step-") && name.endsWith(REPLACED);
  }

  private static Path hidden(Path directory, String suffix) {
    return directory.resolveSibling("." + directory.getFileName() + suffix);
  }
}
