package dev.dl.core.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Folders of the splits below one of the data: {@code train}, and where there are more {@code val}
 * (or {@code validation}) and {@code test}.
 */
final class SplitFolders {
  private static final Map<Split, List<String>> NAMES =
      Map.of(
          Split.TRAIN, List.of("train"),
          Split.VALIDATION, List.of("validation", "val", "valid"),
          Split.TEST, List.of("test"));

  private SplitFolders() {}

  /**
   * The folders that there are; the one of the data itself for training, if that has none with
   * folders in it.
   *
   * @throws DataMissingException if it is no folder
   */
  static Map<Split, Path> below(Path root) throws IOException {
    if (!Files.isDirectory(root)) {
      throw new DataMissingException(
          root + ": no such folder; name the folder of the pictures with data.path=FOLDER");
    }
    Map<Split, Path> folders = new EnumMap<>(Split.class);
    NAMES.forEach(
        (split, names) ->
            names.stream()
                .map(root::resolve)
                .filter(Files::isDirectory)
                .findFirst()
                .ifPresent(folder -> folders.put(split, folder)));
    Path train = folders.get(Split.TRAIN);
    return train != null && !in(train).isEmpty() ? folders : Map.of(Split.TRAIN, root);
  }

  /** Names of the folders in a folder, but for hidden ones. */
  static List<String> in(Path folder) throws IOException {
    try (Stream<Path> children = Files.list(folder)) {
      return children
          .filter(Files::isDirectory)
          .map(child -> child.getFileName().toString())
          .filter(name -> !name.startsWith("."))
          .sorted()
          .toList();
    }
  }
}
