package dev.dl.benchmarks;

import dev.dl.core.data.Batch;
import dev.dl.core.data.ImageShape;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A network and a batch to train it on; every engine builds the same one. */
public enum Workload {
  /**
   * conv3x3-32, conv3x3-64, maximum pooling, conv3x3-64, maximum pooling, dense 128, dense 10; ReLU
   * after each but the last; same padding: 28, 28, 14, 14, 7 pixels. Adam.
   */
  CNN28(new ImageShape(1, 28, 28), 10, 128);

  private static final int BATCHES = 4;

  @SuppressWarnings("ImmutableEnumChecker") // a record of numbers
  private final ImageShape image;

  private final int classes;
  private final int batchSize;

  Workload(ImageShape image, int classes, int batchSize) {
    this.image = image;
    this.classes = classes;
    this.batchSize = batchSize;
  }

  /** As the command line names it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The workload of that label. */
  public static Workload of(String label) {
    return Stream.of(values())
        .filter(workload -> workload.label().equals(label))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "workload: got %s, expected one of %s"
                        .formatted(label, Stream.of(values()).map(Workload::label).toList())));
  }

  ImageShape image() {
    return image;
  }

  int classes() {
    return classes;
  }

  int batchSize() {
    return batchSize;
  }

  /**
   * So small that the loss stays where it begins: gradients that vanish would run into denormal
   * numbers and slow an engine down.
   */
  double learningRate() {
    return 1e-6;
  }

  /** Random images with random labels, the same for every engine. */
  List<Batch> batches() {
    Random random = new Random(1);
    return Stream.generate(() -> batch(random)).limit(BATCHES).toList();
  }

  private Batch batch(Random random) {
    float[] inputs = new float[batchSize * image.size()];
    for (int i = 0; i < inputs.length; i++) {
      inputs[i] = (float) random.nextGaussian();
    }
    int[] labels = random.ints(batchSize, 0, classes).toArray();
    return new Batch(inputs, labels, IntStream.range(0, batchSize).toArray());
  }
}
