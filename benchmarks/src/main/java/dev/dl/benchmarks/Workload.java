package dev.dl.benchmarks;

import dev.dl.core.data.Batch;
import dev.dl.core.data.image.ImageShape;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A network and a batch to train it on, with Adam; every engine builds the same one. */
public enum Workload {
  /**
   * conv3x3-32, conv3x3-64, maximum pooling, conv3x3-64, maximum pooling, dense 128, dense 10; ReLU
   * after each but the last; same padding: 28, 28, 14, 14, 7 pixels.
   */
  CNN28(new ImageInput(new ImageShape(1, 28, 28)), 128, 10, 22_304_512L, 458_570),

  /** ResNet-18 with a 3x3 stem and without its pooling. */
  RESNET18_CIFAR(new ImageInput(new ImageShape(3, 32, 32)), 64, 10, 555_422_720L, 11_173_962),

  /** MobileNetV2 1.0 with stride 1 in the stem and in the stage of 24 channels. */
  MOBILENETV2_CIFAR(new ImageInput(new ImageShape(3, 32, 32)), 64, 10, 87_976_448L, 2_236_682),

  /** Embedding 128, LSTM 256, dense 2 on its last state. */
  LSTM_TEXT(new TokenInput(100, 20_000), 64, 2, 39_322_112L, 2_955_778),

  /**
   * MiniLM-L6's shape: 6 layers, 384 wide, 12 heads, feed-forward 1,536, normalised after each
   * residual, exact GELU, epsilon 1e-12, 512 positions, 2 token types, dropout 0.1 (hidden and
   * attention); mean over the tokens, dense 2. No padding.
   */
  TRANSFORMER_ENCODER(new TokenInput(128, 30_522), 16, 2, 1_434_452_736L, 22_566_146),

  /**
   * 6 layers, 384 wide, 6 heads, feed-forward 1,536, normalised before each part, GELU by tanh,
   * learned positions, a head of its own without bias, no dropout; a label for every token.
   */
  GPT_MINI(new TokenInput(256, 96), 8, 96, 3_029_336_064L, 10_819_584),

  /**
   * The transformer encoder with all frozen but its classifier, in front of which dropout goes on.
   */
  MINILM_FROZEN(new TokenInput(128, 30_522), 16, 2, 1_434_452_736L, 22_566_146),

  /** The transformer encoder with adapters of rank 8 on queries and values; all else is frozen. */
  MINILM_LORA(new TokenInput(128, 30_522), 16, 2, 1_443_889_920L, 22_639_874);

  private static final int BATCHES = 4;

  @SuppressWarnings("ImmutableEnumChecker") // records of numbers
  private final Input input;

  private final int batchSize;
  private final int classes;
  private final long multiplyAdds;
  private final long parameterCount;

  Workload(Input input, int batchSize, int classes, long multiplyAdds, long parameterCount) {
    this.input = input;
    this.batchSize = batchSize;
    this.classes = classes;
    this.multiplyAdds = multiplyAdds;
    this.parameterCount = parameterCount;
  }

  /** What a sample is. */
  public sealed interface Input {
    /** Dimensions of one sample. */
    long[] shape();
  }

  /** An image of normally distributed values. */
  public record ImageInput(ImageShape image) implements Input {
    @Override
    public long[] shape() {
      return new long[] {image.channels(), image.height(), image.width()};
    }
  }

  /** A sequence of token ids below {@code vocabulary}. */
  public record TokenInput(int length, int vocabulary) implements Input {
    @Override
    public long[] shape() {
      return new long[] {length};
    }
  }

  /** As the command line names it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
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

  public Input input() {
    return input;
  }

  /** The image of a workload on images. */
  ImageShape image() {
    return ((ImageInput) input).image();
  }

  public int batchSize() {
    return batchSize;
  }

  /** Values that a label can take. */
  public int classes() {
    return classes;
  }

  /** Values of all weights, embeddings and what is frozen included. */
  public long parameterCount() {
    return parameterCount;
  }

  /**
   * Floating-point operations of one sample: two for each multiply-add of the convolutions and
   * matrix products (of all pairs of tokens in attention, masked ones too), everything else left
   * out.
   */
  public long inferenceFlops() {
    return 2 * multiplyAdds;
  }

  /**
   * As for inference, and twice that for the gradients of inputs and weights; once for those of
   * inputs where next to all weights are frozen, and not at all where nothing before them is
   * trained.
   */
  public long trainingFlops() {
    return switch (this) {
      case MINILM_FROZEN -> inferenceFlops();
      case MINILM_LORA -> 2 * inferenceFlops();
      default -> 3 * inferenceFlops();
    };
  }

  /**
   * So small that the loss stays where it begins: gradients that vanish would run into denormal
   * numbers and slow an engine down.
   */
  public double learningRate() {
    return 1e-6;
  }

  /**
   * Random samples with random labels, the same for every engine. Token ids are whole numbers in
   * {@code [batch, length]}, none of them 0, which is padding; gpt-mini has a label for each.
   */
  public List<Batch> batches() {
    Random random = new Random(1);
    return Stream.generate(() -> batch(random)).limit(BATCHES).toList();
  }

  private Batch batch(Random random) {
    int size = batchSize;
    for (long dimension : input.shape()) {
      size *= (int) dimension;
    }
    float[] inputs = new float[size];
    for (int i = 0; i < size; i++) {
      inputs[i] =
          input instanceof TokenInput tokens
              ? 1 + random.nextInt(tokens.vocabulary() - 1)
              : (float) random.nextGaussian();
    }
    int[] labels = random.ints(this == GPT_MINI ? size : batchSize, 0, classes).toArray();
    return Batch.labelled(inputs, labels, IntStream.range(0, batchSize).toArray());
  }
}
