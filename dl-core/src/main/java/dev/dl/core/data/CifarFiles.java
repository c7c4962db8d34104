package dev.dl.core.data;

import dev.dl.core.data.image.Image;
import dev.dl.core.data.problem.DataException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The binary version of CIFAR-10 and CIFAR-100 (<a
 * href="https://www.cs.toronto.edu/~kriz/cifar.html">the format</a>): records of one or two labels,
 * the last of which is told, and 3 planes of 32x32 pixels.
 *
 * @param splits names of the files of each split
 * @param classNames name of the file with the names of the classes, one a line
 * @param labels of each record
 * @param memoryBudget bytes of pictures that may lie in memory
 */
record CifarFiles(Map<Split, List<String>> splits, String classNames, int labels, long memoryBudget)
    implements DatasetFiles {
  private static final int SIDE = 32;
  private static final int CHANNELS = 3;

  static CifarFiles of10(long memoryBudget) {
    return new CifarFiles(
        Map.of(
            Split.TRAIN,
            List.of(
                "data_batch_1.bin",
                "data_batch_2.bin",
                "data_batch_3.bin",
                "data_batch_4.bin",
                "data_batch_5.bin"),
            Split.TEST,
            List.of("test_batch.bin")),
        "batches.meta.txt",
        1,
        memoryBudget);
  }

  static CifarFiles of100(long memoryBudget) {
    return new CifarFiles(
        Map.of(Split.TRAIN, List.of("train.bin"), Split.TEST, List.of("test.bin")),
        "fine_label_names.txt",
        2,
        memoryBudget);
  }

  @Override
  public boolean areIn(Path folder) {
    return Files.isRegularFile(folder.resolve(classNames))
        && splits.values().stream()
            .flatMap(List::stream)
            .allMatch(name -> Files.isRegularFile(folder.resolve(name)));
  }

  @Override
  public SourceData open(Path folder, DataSpec spec, Path base) throws IOException {
    List<String> names =
        Files.readAllLines(folder.resolve(classNames)).stream()
            .map(String::strip)
            .filter(name -> !name.isEmpty())
            .toList();
    Map<Split, Dataset<Image>> datasets = new EnumMap<>(Split.class);
    for (Map.Entry<Split, List<String>> split : splits.entrySet()) {
      datasets.put(split.getKey(), read(folder, split.getKey(), split.getValue(), names.size()));
    }
    return ImageData.of(datasets, spec, names, folder);
  }

  private Dataset<Image> read(Path folder, Split split, List<String> files, int classes)
      throws IOException {
    try (SampleCollector<Image> pictures =
        new SampleCollector<>(
            Content.IMAGE, memoryBudget, position -> split.label() + " " + position)) {
      for (String name : files) {
        read(folder.resolve(name), classes, pictures);
      }
      return pictures.dataset();
    }
  }

  private void read(Path file, int classes, SampleCollector<Image> pictures) throws IOException {
    int length = CHANNELS * SIDE * SIDE;
    long record = labels + length;
    long bytes = Files.size(file);
    if (bytes == 0 || bytes % record != 0) {
      throw new DataException(file, bytes + " bytes", "records of " + record);
    }
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      for (long number = 1; number <= bytes / record; number++) {
        int label = in.readNBytes(labels)[labels - 1] & 0xff;
        if (label >= classes) {
          throw new DataException(
              file + ": record " + number, "label " + label, "labels from 0 to " + (classes - 1));
        }
        Image picture = new Image(CHANNELS, SIDE, SIDE, in.readNBytes(length));
        pictures.add(picture, Targets.ofClass(label));
      }
    }
  }
}
