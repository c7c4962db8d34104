package dev.dl.models.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.dl.core.data.image.ImageShape;
import dev.dl.core.kernel.DenseArrays;
import dev.dl.core.kernel.Kernels;
import dev.dl.core.kernel.Loss;
import dev.dl.core.kernel.LossResult;
import dev.dl.core.kernel.Parallel;
import dev.dl.core.kernel.nd4j.Nd4jKernels;
import dev.dl.core.kernel.onednn.OneDnnKernels;
import dev.dl.models.TestKernels;
import dev.dl.models.graph.Architecture;
import dev.dl.models.graph.Graph;
import dev.dl.models.graph.Head;
import dev.dl.models.graph.ImageInput;
import dev.dl.models.graph.Input;
import dev.dl.models.graph.TextInput;
import dev.dl.models.text.Bert;
import dev.dl.models.text.FastText;
import dev.dl.models.text.Gpt;
import dev.dl.models.text.LstmClassifier;
import dev.dl.models.text.TransformerEncoder;
import dev.dl.models.vision.ConvNeXt;
import dev.dl.models.vision.LeNet;
import dev.dl.models.vision.MobileNetV2;
import dev.dl.models.vision.VisionTransformer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Gradients of micro-batches add up to that of their batch, with dropout and stochastic depth on,
 * texts of all lengths, and a last micro-batch that is smaller.
 */
final class MicroBatchTest {
  private static final int SAMPLES = 7;
  private static final int PART = 3;
  private static final int LENGTH = 24;
  private static final int VOCABULARY = 11;
  private static final int CLASSES = 3;
  private static final double TOLERANCE = 5e-6;
  private static final Parallel PARALLEL = Parallel.onOpenMp(2);
  private static final Input TEXT = new TextInput(LENGTH, VOCABULARY);
  private static final Input IMAGE = new ImageInput(new ImageShape(3, 32, 32));
  private static final Loss WEIGHTED = new Loss.SoftmaxCrossEntropy(0.1, List.of(0.5, 2.0, 1.0));

  /** A network, and what its targets stand for. */
  private record Case(Architecture architecture, Input input, Head head, Loss loss) {
    Graph graph() {
      return head.completed(architecture.define(input, head));
    }
  }

  private static final Map<String, Case> CASES = new LinkedHashMap<>();

  static {
    Head classes = Head.classes(CLASSES);
    CASES.put("fasttext", new Case(new FastText(6, 4), TEXT, classes, WEIGHTED));
    CASES.put("bilstm", new Case(new LstmClassifier(6, 5, true, 0.5), TEXT, classes, WEIGHTED));
    CASES.put(
        "transformer", new Case(new TransformerEncoder(2, 8, 2, 12, 0.3), TEXT, classes, WEIGHTED));
    Bert bert = new Bert(1, 8, 2, 12, 40, 0.3, Bert.Form.MEAN);
    CASES.put("tags", new Case(bert, TEXT, Head.tags(CLASSES), WEIGHTED));
    Gpt gpt = new Gpt(2, 12, 2, LENGTH, 0.3);
    CASES.put("gpt", new Case(gpt, TEXT, Head.next(VOCABULARY), new Loss.SoftmaxCrossEntropy(0)));
    CASES.put("lenet", new Case(LeNet.LENET_5, IMAGE, classes, WEIGHTED));
    CASES.put(
        "vit", new Case(new VisionTransformer(8, 2, 16, 2, 24, 0.4), IMAGE, classes, WEIGHTED));
    CASES.put(
        "convnext", new Case(ConvNeXt.SMALL_IMAGES, IMAGE, classes, new Loss.Focal(2, List.of())));
  }

  @AfterAll
  static void closeTeam() {
    PARALLEL.close();
  }

  static Stream<Arguments> cases() {
    return CASES.keySet().stream()
        .flatMap(
            name ->
                Stream.of(new OneDnnKernels(PARALLEL), new Nd4jKernels(DataType.DOUBLE))
                    .filter(kernels -> kernels instanceof OneDnnKernels || !large(name))
                    .map(kernels -> Arguments.of(name, kernels)));
  }

  /** Too large for the reference, or without anything random that it does its own way. */
  private static boolean large(String name) {
    return List.of("convnext", "lenet", "bilstm").contains(name);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void addUpToTheWholeBatch(String name, Kernels kernels) {
    Case tried = CASES.get(name);
    float[] values = values(tried);
    float[] targets = targets(tried, values);
    Network network = Network.create(tried.graph(), tried.loss, kernels, 4);

    LossResult whole = network.gradient(values, SAMPLES, targets, 5, 0);
    float[] expected = DenseArrays.read(network.gradients());

    float[] sum = new float[expected.length];
    LossResult total = LossResult.NOTHING;
    for (int start = 0; start < SAMPLES; start += PART) {
      total = total.plus(part(network, values, targets, start, Math.min(SAMPLES, start + PART)));
      float[] gradient = DenseArrays.read(network.gradients());
      for (int i = 0; i < sum.length; i++) {
        sum[i] += gradient[i];
      }
    }

    assertThat(total.counted()).isEqualTo(whole.counted());
    assertThat(total.correct()).isEqualTo(whole.correct());
    assertThat(total.sum()).isCloseTo(whole.sum(), within(1e-5 * whole.sum()));
    assertThat(largestDifference(sum, expected)).isLessThan(TOLERANCE);
  }

  /** In shares of the largest value. */
  private static double largestDifference(float[] found, float[] expected) {
    double largest = 0;
    double difference = 0;
    for (int i = 0; i < expected.length; i++) {
      largest = Math.max(largest, Math.abs(expected[i]));
      difference = Math.max(difference, Math.abs((double) found[i] - expected[i]));
    }
    return difference / largest;
  }

  /** The next step drops other values, so that the test above would see masks that do not fit. */
  @Test
  void otherMasksGiveOtherGradients() {
    for (String name : List.of("bilstm", "transformer", "tags", "gpt", "vit")) {
      Case tried = CASES.get(name);
      float[] values = values(tried);
      float[] targets = targets(tried, values);
      Network network = Network.create(tried.graph(), tried.loss, TestKernels.create(), 4);
      double first = network.gradient(values, SAMPLES, targets, 5, 0).sum();

      assertThat(network.gradient(values, SAMPLES, targets, 6, 0).sum())
          .as(name)
          .isNotEqualTo(first);
      assertThat(network.gradient(values, SAMPLES, targets, 5, 1).sum())
          .as(name)
          .isNotEqualTo(first);
      assertThat(network.gradient(values, SAMPLES, targets, 5, 0).sum()).as(name).isEqualTo(first);
    }
  }

  @Test
  void batchNormalizationSeesMicroBatches() {
    Case tried = new Case(MobileNetV2.SMALL_IMAGES, IMAGE, Head.classes(CLASSES), WEIGHTED);
    float[] values = values(tried);
    float[] targets = targets(tried, values);
    Network network = Network.create(tried.graph(), tried.loss, TestKernels.create(), 4);

    double whole = network.gradient(values, SAMPLES, targets, 5, 0).sum();
    double parts =
        part(network, values, targets, 0, PART).sum()
            + part(network, values, targets, PART, SAMPLES).sum();

    assertThat(parts).isNotCloseTo(whole, within(1e-3 * whole));
  }

  private static LossResult part(
      Network network, float[] values, float[] targets, int start, int end) {
    int size = values.length / SAMPLES;
    int width = targets.length / SAMPLES;
    return network.gradient(
        Arrays.copyOfRange(values, start * size, end * size),
        end - start,
        Arrays.copyOfRange(targets, start * width, end * width),
        5,
        start);
  }

  /** Of texts the ids, of lengths from 1 on, filled up with 0. */
  private static float[] values(Case tried) {
    Random random = new Random(1);
    int size = tried.input.shape().size();
    float[] values = new float[SAMPLES * size];
    for (int i = 0; i < values.length; i++) {
      if (tried.input == IMAGE) {
        values[i] = (float) random.nextGaussian();
      } else {
        boolean filled = i % size < 1 + i / size * 4 || tried.head.kind() == Head.Kind.NEXT;
        values[i] = filled ? 1 + random.nextInt(VOCABULARY - 1) : 0;
      }
    }
    return values;
  }

  private static float[] targets(Case tried, float[] values) {
    Random random = new Random(2);
    int rows =
        switch (tried.head.kind()) {
          case TAGS, NEXT -> values.length;
          default -> SAMPLES;
        };
    int classes = tried.head.kind() == Head.Kind.NEXT ? VOCABULARY : CLASSES;
    float[] targets = new float[rows];
    for (int i = 0; i < rows; i++) {
      boolean padding = tried.head.kind() == Head.Kind.TAGS && values[i] == 0;
      targets[i] = padding ? -1 : random.nextInt(classes);
    }
    return targets;
  }
}
