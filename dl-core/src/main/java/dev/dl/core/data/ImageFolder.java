package dev.dl.core.data;

import dev.dl.core.config.ConfigException;
import dev.dl.core.data.image.ImageFiles;
import dev.dl.core.data.problem.DataException;
import dev.dl.core.data.rows.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A folder with one sub-folder of pictures for each class, named after it; or such folders named
 * {@code train}, and where there are more splits {@code val} (or {@code validation}) and {@code
 * test}.
 */
final class ImageFolder implements DataSource {
  private static final DatasetInfo INFO =
      DatasetInfo.ofYours(
          "image-folder",
          DatasetTask.IMAGES,
          "a folder of pictures, one sub-folder per class, with or without train, val and test above");

  private final long memoryBudget;

  /** Keeps the pictures in memory if they take no more bytes than this. */
  ImageFolder(long memoryBudget) {
    this.memoryBudget = memoryBudget;
  }

  @Override
  public DatasetInfo info() {
    return INFO;
  }

  @Override
  public SourceData open(DataSpec spec, Path base, Path downloads) throws IOException {
    if (spec.path() == null) {
      throw new ConfigException(
          "data.path", "nothing", "the folder of the pictures", "add data.path=FOLDER");
    }
    if (spec.target().kind() != TargetKind.CLASS) {
      throw new ConfigException(
          "data.target.kind",
          spec.target().kind().name().toLowerCase(Locale.ROOT),
          "class, which is what the names of folders are",
          "use data.source=images with a list of the pictures");
    }
    Path root = base.resolve(spec.path()).normalize();
    Map<Split, Path> folders = SplitFolders.below(root);
    List<String> classNames = SplitFolders.in(folders.get(Split.TRAIN));
    if (classNames.size() < 2) {
      throw new DataException(
          folders.get(Split.TRAIN),
          classNames.size() + " sub-folders",
          "one for each class, at least 2");
    }
    List<String> notices = new ArrayList<>();
    Map<Split, Pictures> pictures = new EnumMap<>(Split.class);
    for (Map.Entry<Split, Path> folder : folders.entrySet()) {
      pictures.put(
          folder.getKey(), pictures(folder.getKey(), folder.getValue(), classNames, spec, notices));
    }
    return new PictureOpening(spec, memoryBudget, notices).open(pictures);
  }

  private static PictureFiles pictures(
      Split split, Path folder, List<String> classNames, DataSpec spec, List<String> notices)
      throws IOException {
    List<String> unknown = new ArrayList<>(SplitFolders.in(folder));
    unknown.removeAll(classNames);
    if (!unknown.isEmpty()) {
      throw new DataException(
          folder,
          "classes that the training split lacks: " + String.join(", ", unknown),
          String.join(", ", classNames));
    }
    List<Path> files = new ArrayList<>();
    List<Row> rows = new ArrayList<>();
    for (String name : classNames) {
      List<Path> ofClass = files(folder.resolve(name), notices);
      if (ofClass.isEmpty()) {
        if (split == Split.TRAIN) {
          throw new DataException(
              folder.resolve(name), "no pictures", "at least one of each class");
        }
        notices.add(folder + ": no pictures of class " + name + " in this split");
      }
      files.addAll(ofClass);
      ofClass.forEach(file -> rows.add(new Row(rows.size() + 1L, List.of(name))));
    }
    return new PictureFiles(folder, files, List.of(spec.target().column()), rows);
  }

  private static List<Path> files(Path folder, List<String> notices) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    ImageFiles found = ImageFiles.below(folder);
    found.skipped().forEach(line -> notices.add("skipped " + line));
    return found.files();
  }
}
