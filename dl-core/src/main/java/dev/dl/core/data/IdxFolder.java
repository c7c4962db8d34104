package dev.dl.core.data;

import dev.dl.core.config.ConfigException;
import dev.dl.core.data.image.Image;
import dev.dl.core.data.problem.DataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A folder of IDX files under MNIST's names: {@code train-images-idx3-ubyte} and {@code
 * train-labels-idx1-ubyte}, and {@code t10k-…} for the test split where there is one; each plain or
 * with {@code .gz}.
 */
final class IdxFolder implements DataSource {
  private static final DatasetInfo INFO =
      DatasetInfo.ofYours(
          "idx",
          DatasetTask.IMAGES,
          "a folder of IDX files named as MNIST's: train-images-idx3-ubyte[.gz] and so on");

  @Override
  public DatasetInfo info() {
    return INFO;
  }

  @Override
  public SourceData open(DataSpec spec, Path base, Path downloads) throws IOException {
    if (spec.path() == null) {
      throw new ConfigException(
          "data.path", "nothing", "the folder of the IDX files", "add data.path=FOLDER");
    }
    return open(base.resolve(spec.path()).normalize(), spec, List.of());
  }

  /** Opens a folder; without class names, the classes are called by their numbers. */
  static SourceData open(Path folder, DataSpec spec, List<String> classNames) throws IOException {
    if (!holdsImages(folder)) {
      throw new DataMissingException(
          folder + ": no train-images-idx3-ubyte or train-images-idx3-ubyte.gz there");
    }
    Map<Split, Dataset<Image>> splits = new EnumMap<>(Split.class);
    splits.put(Split.TRAIN, open(folder, Split.TRAIN, "train"));
    if (find(folder, "t10k-images-idx3-ubyte") != null) {
      splits.put(Split.TEST, open(folder, Split.TEST, "t10k"));
    }
    return named(splits, spec, classNames, folder);
  }

  /** Whether a folder holds the training images. */
  static boolean holdsImages(Path folder) {
    return find(folder, "train-images-idx3-ubyte") != null;
  }

  /** The images and labels of one split. */
  static Dataset<Image> read(Split split, IdxFile images, IdxFile labels) {
    if (images.count() != labels.count()) {
      throw new DataException(
          labels.name(), labels.count() + " labels", images.count() + ", one for each image");
    }
    if (images.count() == 0 || images.values().length == 0) {
      throw new DataException(images.name(), "no pixels", "at least one image");
    }
    int height = images.dimensions().get(1);
    int width = images.dimensions().get(2);
    return new MemoryDataset<>(
        images.slices().stream().map(pixels -> new Image(1, height, width, pixels)).toList(),
        IntStream.range(0, labels.count())
            .mapToObj(i -> Targets.ofClass(labels.values()[i] & 0xff))
            .toList(),
        Content.IMAGE,
        sample -> split.label() + " " + sample);
  }

  private static Dataset<Image> open(Path folder, Split split, String prefix) throws IOException {
    Path images = find(folder, prefix + "-images-idx3-ubyte");
    Path labels = find(folder, prefix + "-labels-idx1-ubyte");
    if (labels == null) {
      throw new DataMissingException(
          folder + ": no " + prefix + "-labels-idx1-ubyte beside the images, plain or .gz");
    }
    return read(split, IdxFile.read(images, 3), IdxFile.read(labels, 1));
  }

  private static Path find(Path folder, String name) {
    for (Path file : List.of(folder.resolve(name), folder.resolve(name + ".gz"))) {
      if (Files.isRegularFile(file)) {
        return file;
      }
    }
    return null;
  }

  private static SourceData named(
      Map<Split, Dataset<Image>> splits, DataSpec spec, List<String> classNames, Path folder) {
    int classes =
        classNames.isEmpty() ? largestLabel(splits.get(Split.TRAIN)) + 1 : classNames.size();
    for (Map.Entry<Split, Dataset<Image>> split : splits.entrySet()) {
      int largest = largestLabel(split.getValue());
      if (largest >= classes) {
        throw new DataException(
            folder,
            "label " + largest + " in the " + split.getKey().label() + " split",
            "labels from 0 to " + (classes - 1));
      }
    }
    List<String> names =
        classNames.isEmpty()
            ? IntStream.range(0, classes).mapToObj(Integer::toString).toList()
            : classNames;
    return ImageData.of(splits, spec, names, folder);
  }

  private static int largestLabel(Dataset<Image> dataset) {
    return IntStream.range(0, dataset.size())
        .map(i -> (int) dataset.target(i)[0])
        .max()
        .orElseThrow();
  }
}
