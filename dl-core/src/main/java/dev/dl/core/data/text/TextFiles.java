package dev.dl.core.data.text;

import dev.dl.core.textfile.TextFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Plain text files: one file, or those that end in {@code .txt} or {@code .txt.gz} in a folder and
 * the folders below. Hidden files are not looked at, and links to folders are not followed.
 *
 * @param files in the order of their names as Unicode
 * @param skipped what else was in the folder, each with the reason, one line each
 */
public record TextFiles(List<Path> files, List<String> skipped) {
  private static final String ENDING = "txt";

  public TextFiles {
    files = List.copyOf(files);
    skipped = List.copyOf(skipped);
  }

  /** The file, or those in the folder. */
  public static TextFiles of(Path place) throws IOException {
    if (!Files.isDirectory(place)) {
      return new TextFiles(List.of(place), List.of());
    }
    List<Path> files = new ArrayList<>();
    List<String> skipped = new ArrayList<>();
    try (Stream<Path> all = Files.walk(place)) {
      all.filter(path -> !Files.isDirectory(path) && !isHidden(place.relativize(path)))
          .sorted(Comparator.comparing(Path::toString))
          .forEach(path -> sort(path, files, skipped));
    }
    return new TextFiles(files, skipped);
  }

  /** The texts of the files one after the other, in parts of a line at most. */
  public TextParts parts() {
    return new TextParts(files);
  }

  private static void sort(Path path, List<Path> files, List<String> skipped) {
    if (!Files.isRegularFile(path)) {
      skipped.add(path + ": not a file but a link to nothing, pipe, socket or device");
    } else if (!TextFile.ending(path).equals(ENDING)) {
      skipped.add(path + ": does not end in .txt or .txt.gz");
    } else {
      files.add(path);
    }
  }

  private static boolean isHidden(Path path) {
    for (Path name : path) {
      if (name.toString().startsWith(".")) {
        return true;
      }
    }
    return false;
  }
}
