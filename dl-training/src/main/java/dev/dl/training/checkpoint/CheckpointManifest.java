package dev.dl.training.checkpoint;

import dev.dl.core.run.DamagedFileException;
import dev.dl.core.run.JsonFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The size and hash of every file of a checkpoint: {@code manifest.json}. Its step ties it to its
 * directory, so that neither files nor directories can be swapped unnoticed.
 *
 * @param files by name
 */
record CheckpointManifest(long step, Map<String, Fingerprint> files) {
  static final String FILE = "manifest.json";
  private static final Set<String> NAMES =
      Set.of(CheckpointReader.WEIGHTS, CheckpointReader.OPTIMIZER, CheckpointReader.STATE);

  CheckpointManifest {
    files = Collections.unmodifiableMap(new TreeMap<>(files));
    // A name that was anything else could lead out of the directory.
    if (!files.keySet().equals(NAMES) || files.containsValue(null)) {
      throw new IllegalArgumentException("files " + files.keySet());
    }
  }

  /** What a file must be. */
  record Fingerprint(long bytes, String sha256) {

    static Fingerprint of(Path file) throws IOException {
      HashingOutput hashed = new HashingOutput(OutputStream.nullOutputStream());
      try (InputStream input = Files.newInputStream(file)) {
        input.transferTo(hashed);
      }
      return hashed.fingerprint();
    }
  }

  static CheckpointManifest read(Path directory) throws IOException {
    return JsonFile.read(directory.resolve(FILE), CheckpointManifest.class);
  }

  /** Throws when the directory's files are not those that were saved. */
  void verify(Path directory) throws IOException {
    if (!directory.getFileName().toString().equals(CheckpointReader.name(step))) {
      throw new DamagedFileException(
          directory, "a checkpoint of step " + step, "the one that its name says");
    }
    for (Map.Entry<String, Fingerprint> entry : files.entrySet()) {
      Path file = directory.resolve(entry.getKey());
      Fingerprint saved = entry.getValue();
      if (Files.size(file) != saved.bytes() || !Fingerprint.of(file).equals(saved)) {
        throw new DamagedFileException(file, "other bytes", "those that were saved");
      }
    }
  }
}
