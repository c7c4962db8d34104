package dev.dl.models.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.dl.core.kernel.DenseArrays;
import dev.dl.core.kernel.Kernels;
import dev.dl.core.kernel.Parallel;
import dev.dl.core.kernel.RecurrentCell;
import dev.dl.core.kernel.nd4j.Nd4jKernels;
import dev.dl.core.kernel.onednn.OneDnnKernels;
import dev.dl.models.graph.Architecture;
import dev.dl.models.graph.Graph;
import dev.dl.models.graph.Head;
import dev.dl.models.graph.ImageInput;
import dev.dl.models.graph.TextInput;
import dev.dl.models.text.AttentiveRecurrent;
import dev.dl.models.text.Bert;
import dev.dl.models.text.FastText;
import dev.dl.models.text.Gpt;
import dev.dl.models.text.LstmClassifier;
import dev.dl.models.text.TextCnn;
import dev.dl.models.text.TransformerEncoder;
import dev.dl.models.vision.LeNet;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;

/** A batch of texts may be padded to any length up to that of the network. */
final class TextLengthTest {
  private static final TextInput TEXT = new TextInput(32, 11);
  private static final int[][] TOKENS = {{3, 1, 4, 1, 5, 9, 2, 6}, {5, 3}, {5, 8, 9, 7, 10}};
  private static final float[] LABELS = {1, 0, 1};
  private static final int PASSES = 3;

  /** What ND4J takes to describe views in each pass, however large the arrays are. */
  private static final int BOOKKEEPING_BYTES = 512;

  private static final Map<String, Architecture> CLASSIFIERS = new LinkedHashMap<>();

  static {
    CLASSIFIERS.put("lstm", new LstmClassifier(6, 5, false, 0));
    CLASSIFIERS.put("bilstm", new LstmClassifier(6, 5, true, 0));
    CLASSIFIERS.put("fasttext", new FastText(6, 4));
    CLASSIFIERS.put("textcnn", new TextCnn(6, List.of(3, 5), 4, 0));
    CLASSIFIERS.put("bert", new Bert(2, 8, 2, 12, 40, 0, Bert.Form.MEAN));
    CLASSIFIERS.put("bert-pooler", new Bert(2, 8, 2, 12, 40, 0, Bert.Form.POOLER));
    CLASSIFIERS.put("transformer", new TransformerEncoder(2, 8, 2, 12, 0));
    CLASSIFIERS.put("attention", new AttentiveRecurrent(RecurrentCell.LSTM, 6, 5, 3, 0));
  }

  static Stream<Arguments> classifiers() {
    return CLASSIFIERS.keySet().stream()
        .flatMap(
            name ->
                Stream.of(kernels(), new Nd4jKernels(DataType.DOUBLE))
                    .map(kernels -> Arguments.of(name, kernels)));
  }

  static Stream<String> names() {
    return CLASSIFIERS.keySet().stream();
  }

  private static Kernels kernels() {
    return new OneDnnKernels(Parallel.onOpenMp(2));
  }

  private static Network network(Architecture architecture, Head head, Kernels kernels) {
    Graph graph = architecture.define(TEXT, head);
    return Network.create(graph, head.loss(0), kernels, 4);
  }

  private static Network network(String name, Kernels kernels) {
    return network(CLASSIFIERS.get(name), Head.classes(2), kernels);
  }

  private static float[] padded(int length) {
    float[] ids = new float[TOKENS.length * length];
    for (int text = 0; text < TOKENS.length; text++) {
      for (int i = 0; i < TOKENS[text].length; i++) {
        ids[text * length + i] = TOKENS[text][i];
      }
    }
    return ids;
  }

  private static void requireSame(float[] actual, float[] expected) {
    float largest = 0;
    for (float value : expected) {
      largest = Math.max(largest, Math.abs(value));
    }
    assertThat(largest).isPositive();
    assertThat(actual).containsExactly(expected, within(2e-6f * largest));
  }

  @ParameterizedTest
  @MethodSource("classifiers")
  void morePaddingChangesNothing(String name, Kernels kernels) {
    Network network = network(name, kernels);
    float[] logits = network.logits(padded(8), 3);
    double loss = network.gradient(padded(8), 3, LABELS, 0, 0).sum();
    float[] gradient = DenseArrays.read(network.gradients());
    for (int length : kernels.name().equals("onednn") ? new int[] {32, 13} : new int[] {11}) {
      requireSame(network.logits(padded(length), 3), logits);
      assertThat(network.gradient(padded(length), 3, LABELS, 0, 0).sum())
          .isCloseTo(loss, within(1e-5 * loss));
      requireSame(DenseArrays.read(network.gradients()), gradient);
    }
  }

  @Test
  void whatALanguageModelSaysOfATextDoesNotDependOnItsPadding() {
    Network network = network(new Gpt(2, 8, 2, 40, 0), Head.classes(11), kernels());
    float[] labels = new float[3 * 8];
    Arrays.fill(labels, -1);
    labels[2] = 7;
    labels[9] = 4;
    float[] further = new float[3 * 24];
    Arrays.fill(further, -1);
    further[2] = 7;
    further[25] = 4;
    double loss = network.gradient(padded(8), 3, labels, 0, 0).sum();
    float[] gradient = DenseArrays.read(network.gradients());
    assertThat(network.gradient(padded(24), 3, further, 0, 0).sum())
        .isCloseTo(loss, within(1e-5 * loss));
    requireSame(DenseArrays.read(network.gradients()), gradient);
    float[] logits = network.logits(padded(8), 3);
    requireSame(
        Arrays.copyOf(network.logits(padded(24), 3), 8 * 11), Arrays.copyOf(logits, 8 * 11));
  }

  @ParameterizedTest
  @MethodSource("names")
  void lengthsThatAlternateAllocateNothing(String name) {
    Network network = network(name, kernels());
    int[] lengths = {8, 32, 16};
    step(network, lengths, 2);
    long before = Pointer.totalBytes();
    step(network, lengths, PASSES);
    assertThat(Pointer.totalBytes())
        .isLessThanOrEqualTo(before + 2L * PASSES * lengths.length * BOOKKEEPING_BYTES);
  }

  private static void step(Network network, int[] lengths, int times) {
    for (int time = 0; time < times; time++) {
      for (int length : lengths) {
        network.gradient(padded(length), 3, LABELS, time, 0);
        network.logits(padded(length), 3);
      }
    }
  }

  @Test
  void refusesWhatIsTooLongOrUneven() {
    Network network = network("lstm", kernels());
    assertThatThrownBy(() -> network.logits(new float[33], 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("got 33 values for 1 samples, expected up to 32 each");
    assertThatThrownBy(() -> network.logits(new float[9], 2))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void imagesKeepTheirSize() {
    Graph graph = LeNet.LENET_5.define(ImageInput.of(1, 16, 16), Head.classes(2));
    Network network = Network.create(graph, Head.classes(2).loss(0), kernels(), 1);
    assertThatThrownBy(() -> network.logits(new float[128], 1))
        .hasMessage("got 128 values for 1 samples, expected 1x16x16 each");
  }
}
