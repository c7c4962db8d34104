package dev.dl.models.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dl.core.data.image.ImageShape;
import dev.dl.core.kernel.Activation;
import dev.dl.core.kernel.DenseArrays;
import dev.dl.core.kernel.Kernels;
import dev.dl.core.kernel.Loss;
import dev.dl.core.kernel.LossResult;
import dev.dl.core.kernel.Parallel;
import dev.dl.core.kernel.Window;
import dev.dl.core.kernel.nd4j.Nd4jKernels;
import dev.dl.core.kernel.onednn.OneDnnKernels;
import dev.dl.models.block.SqueezeExcitation;
import dev.dl.models.graph.Graph;
import dev.dl.models.graph.Node;
import dev.dl.models.layer.Activate;
import dev.dl.models.layer.Add;
import dev.dl.models.layer.BatchNormalization;
import dev.dl.models.layer.Concatenate;
import dev.dl.models.layer.Convolution;
import dev.dl.models.layer.Dense;
import dev.dl.models.layer.Dropout;
import dev.dl.models.layer.Embedding;
import dev.dl.models.layer.Flatten;
import dev.dl.models.layer.GlobalAveragePooling;
import dev.dl.models.layer.GroupNormalization;
import dev.dl.models.layer.LastStep;
import dev.dl.models.layer.Layer;
import dev.dl.models.layer.LayerTypes;
import dev.dl.models.layer.PaddingMask;
import dev.dl.models.layer.Pooling;
import dev.dl.models.layer.Recurrent;
import dev.dl.models.layer.Shape;
import dev.dl.models.layer.StochasticDepth;
import dev.dl.models.layer.Subsample;
import dev.dl.models.layer.TransposedConvolution;
import java.io.IOException;
import java.net.URISyntaxException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Every layer's gradients agree with finite differences in double precision, and oneDNN's with
 * those.
 */
final class GradientCheckTest {
  private static final ImageShape IMAGE = new ImageShape(2, 7, 6);
  private static final int BATCH = 3;
  private static final int CLASSES = 4;
  private static final double LABEL_SMOOTHING = 0.1;
  private static final double STEP = 1e-5;
  private static final int POSITIONS = 8;

  /** For recurrent layers, of many parameters, whose reference is slow. */
  private static final int FEW_POSITIONS = 3;

  /**
   * A layer between a trained convolution, so that its input gradient matters, and a classifier.
   */
  private static final Map<String, UnaryOperator<Node>> CASES = new LinkedHashMap<>();

  static {
    CASES.put(
        "convolution",
        x ->
            x.then(
                "layer", new Convolution(5, Window.of(3, 1, 1), 1, true, Activation.NONE, false)));
    CASES.put(
        "convolution, stride 2, no bias",
        x ->
            x.then(
                "layer", new Convolution(5, Window.of(3, 2, 1), 1, false, Activation.NONE, true)));
    CASES.put(
        "convolution, 1x1, ReLU",
        x ->
            x.then(
                "layer", new Convolution(4, Window.of(1, 1, 0), 1, true, Activation.RELU, false)));
    CASES.put(
        "convolution, 5x5, no padding",
        x ->
            x.then(
                "layer", new Convolution(2, Window.of(5, 1, 0), 1, true, Activation.RELU, false)));
    CASES.put("convolution, dilated", x -> x.then("layer", grouped(5, 3, 1, 2, 1)));
    CASES.put("convolution, 3 groups", x -> x.then("layer", grouped(6, 3, 1, 1, 3)));
    CASES.put("convolution, depthwise", x -> x.then("layer", grouped(3, 3, 1, 1, 3)));
    CASES.put("convolution, depthwise, stride 2", x -> x.then("layer", grouped(3, 3, 2, 1, 3)));
    CASES.put("convolution, depthwise, strides 2 and 1", x -> x.then("layer", movingDown()));
    CASES.put("convolution, depthwise, 5x5", x -> x.then("layer", grouped(3, 5, 1, 1, 3)));
    CASES.put("convolution, depthwise, dilated", x -> x.then("layer", grouped(3, 3, 1, 2, 3)));
    CASES.put("convolution, transposed", x -> x.then("layer", transposed(5, 3, 2, 1, 1)));
    CASES.put("convolution, transposed, 3 groups", x -> x.then("layer", transposed(6, 4, 2, 0, 3)));
    CASES.put("convolution, transposed, stride 1", x -> x.then("layer", transposed(2, 3, 1, 0, 1)));
    CASES.put("group normalization", GradientCheckTest::groupNormalized);
    CASES.put(
        "squeeze and excitation",
        x -> new SqueezeExcitation(2, Activation.RELU, Activation.SIGMOID).of(x, "layer"));
    CASES.put(
        "squeeze and excitation, hard",
        x -> new SqueezeExcitation(2, Activation.SILU, Activation.HARD_SIGMOID).of(x, "layer"));
    CASES.put("stochastic depth", x -> x.then("layer", new StochasticDepth(0.4)));
    CASES.put("batch normalization", x -> x.then("layer", new BatchNormalization(Activation.NONE)));
    CASES.put(
        "batch normalization, ReLU", x -> x.then("layer", new BatchNormalization(Activation.RELU)));
    CASES.put(
        "batch normalization, ReLU6",
        x -> x.then("layer", new BatchNormalization(Activation.RELU6)));
    CASES.put(
        "batch normalization, large epsilon",
        x -> x.then("layer", new BatchNormalization(Activation.NONE, 0.5, 0.01)));
    for (Activation activation : Activation.values()) {
      CASES.put("activation " + activation, x -> x.then("layer", new Activate(activation)));
    }
    CASES.put("maximum pooling", x -> x.then("layer", Pooling.maximum(2)));
    CASES.put(
        "maximum pooling, overlapping",
        x -> x.then("layer", new Pooling(false, Window.of(3, 2, 1))));
    CASES.put("average pooling", x -> x.then("layer", Pooling.average(2)));
    CASES.put("global average pooling", x -> x.then("layer", new GlobalAveragePooling()));
    CASES.put("flatten", x -> x.then("layer", new Flatten()));
    CASES.put("dense", x -> x.then("flat", new Flatten()).then("layer", Dense.linear(6)));
    CASES.put(
        "dense, ReLU",
        x -> x.then("flat", new Flatten()).then("layer", new Dense(6, Activation.RELU)));
    // As a vector: the mask follows the order in memory, which differs between backends for images.
    CASES.put("dropout", x -> x.then("flat", new Flatten()).then("layer", new Dropout(0.3)));
    CASES.put("subsample", x -> x.then("layer", new Subsample(5)));
    CASES.put(
        "add", x -> Node.join("layer", new Add(Activation.NONE), x.then("branch", same()), x));
    CASES.put(
        "add, ReLU",
        x -> Node.join("layer", new Add(Activation.RELU), x.then("branch", same()), x));
    CASES.put("add, three readers", GradientCheckTest::threeReaders);
    CASES.putAll(PatchCases.all());
    CASES.put("concatenated channels", GradientCheckTest::concatenated);
  }

  private static final int LENGTH = 6;

  /** A layer that reads sequences of ids, before a classifier of the whole or of each position. */
  private static final Map<String, UnaryOperator<Node>> ID_CASES = new LinkedHashMap<>();

  static {
    ID_CASES.put("padding mask", ids -> ids.then("mask", new PaddingMask(0)));
    ID_CASES.put(
        "padding mask, ids with two readers",
        ids ->
            Node.join(
                "layer",
                new Add(Activation.NONE),
                ids.then("mask", new PaddingMask(0)),
                ids.then("other", new PaddingMask(3))));
    ID_CASES.put("padding mask, two readers, before what is trained", GradientCheckTest::maskFirst);
    ID_CASES.put("embedding", GradientCheckTest::embedded);
    ID_CASES.put(
        "embedding with padding", ids -> ids.then("layer", Embedding.of(7, 5).withPadding(0)));
    for (Recurrent layer : List.of(Recurrent.lstm(4), Recurrent.gru(4))) {
      ID_CASES.put(layer.cell().toString(), ids -> embedded(ids).then("layer", layer));
      ID_CASES.put(
          layer.cell() + " in both directions, masked",
          ids -> masked(ids, layer.inBothDirections()));
    }
    ID_CASES.put("last step", ids -> embedded(ids).then("layer", new LastStep(false)));
    ID_CASES.put(
        "last step in both directions, masked",
        ids ->
            Node.join(
                "layer", new LastStep(true), embedded(ids), ids.then("mask", new PaddingMask(0))));
    ID_CASES.putAll(TransformerCases.all());
    ID_CASES.putAll(VectorCases.all());
  }

  private static Node maskFirst(Node ids) {
    Node mask = ids.then("mask", new PaddingMask(0));
    Node sum =
        Node.join("sum", new Add(Activation.NONE), mask, ids.then("fc", Dense.linear(LENGTH)));
    return Node.join("layer", new Add(Activation.NONE), mask, sum);
  }

  private static Node embedded(Node ids) {
    return ids.then("embedding", Embedding.of(7, 6));
  }

  /** The mask has two readers, and one of them reads something trained, too. */
  private static Node masked(Node ids, Layer layer) {
    Node mask = ids.then("mask", new PaddingMask(0));
    Node x = Node.join("layer", layer, embedded(ids), mask);
    return Node.join("last", new LastStep(false), x, mask);
  }

  private static Layer grouped(int outputs, int size, int stride, int dilation, int groups) {
    Window window = new Window(size, stride, size / 2 * dilation, dilation);
    return new Convolution(outputs, window, groups, true, Activation.RELU, false);
  }

  private static Layer movingDown() {
    return new Convolution(3, Window.centred(5, 2, 1), 3, true, Activation.RELU, false);
  }

  private static Layer transposed(
      int outputs, int size, int stride, int outputPadding, int groups) {
    return new TransposedConvolution(
        outputs, Window.of(size, stride, 1), outputPadding, groups, stride > 1);
  }

  /** Of six channels, in two groups. */
  private static Node groupNormalized(Node x) {
    Layer six = new Convolution(6, Window.of(3, 1, 1), 1, true, Activation.NONE, false);
    return x.then("six", six).then("layer", new GroupNormalization(2));
  }

  private static Layer same() {
    return new Convolution(3, Window.of(3, 1, 1), 1, true, Activation.NONE, false);
  }

  private static Node concatenated(Node x) {
    Layer five = new Convolution(5, Window.of(3, 1, 1), 1, true, Activation.NONE, false);
    return Node.join("layer", new Concatenate(), x.then("five", five), x, x.then("other", same()));
  }

  /** One node that feeds two sums and a convolution: its gradients have to add up. */
  private static Node threeReaders(Node x) {
    Node sum = Node.join("sum", new Add(Activation.RELU), x.then("branch", same()), x);
    return Node.join("layer", new Add(Activation.RELU), sum, x);
  }

  static List<String> cases() {
    return Stream.concat(CASES.keySet().stream(), ID_CASES.keySet().stream()).toList();
  }

  private static Graph graph(String name) {
    Node x =
        ID_CASES.containsKey(name)
            ? ID_CASES.get(name).apply(Node.input(Shape.of(LENGTH)))
            : CASES
                .get(name)
                .apply(Node.input(Shape.of(IMAGE)).then("before", Convolution.same(3, 3)));
    Node flat = x.shape().isImage() ? x.then("vector", new Flatten()) : x;
    return Graph.of(flat.then("classifier", Dense.linear(CLASSES)));
  }

  static Network network(String name, Kernels kernels) {
    return network(name, kernels, parameter -> false);
  }

  static Network network(String name, Kernels kernels, Predicate<String> frozen) {
    Network network =
        Network.create(graph(name), new Loss.SoftmaxCrossEntropy(LABEL_SMOOTHING), kernels, 3);
    network.freeze(frozen);
    return network;
  }

  private static final float[] IMAGES = images();
  private static final float[] LABELS = {2, 0, 3};

  /** Ids below 7 with padding, 0, at the end: none, two and five. */
  private static final float[] IDS = {3, 1, 4, 1, 5, 6, 2, 6, 5, 3, 0, 0, 5, 0, 0, 0, 0, 0};

  /** Of each position; -1 where there is none. */
  private static final float[] POSITION_LABELS = {
    1, 3, 0, 2, 3, 1, 0, 2, 3, 1, -1, -1, 2, -1, -1, -1, -1, -1
  };

  static LossResult gradient(String name, Network network) {
    return network.gradient(values(name), BATCH, labels(name), 0, 0);
  }

  private static float[] values(String name) {
    return ID_CASES.containsKey(name) ? IDS : IMAGES;
  }

  private static float[] labels(String name) {
    return graph(name).output().shape().isSequence() ? POSITION_LABELS : LABELS;
  }

  private static float[] images() {
    Random random = new Random(5);
    float[] images = new float[BATCH * IMAGE.size()];
    for (int i = 0; i < images.length; i++) {
      images[i] = (float) random.nextGaussian();
    }
    return images;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void agreesWithFiniteDifferences(String name) {
    requireFiniteDifferences(name, network(name, new Nd4jKernels(DataType.DOUBLE)));
  }

  /** Of a few positions of every parameter that is trained. */
  static void requireFiniteDifferences(String name, Network network) {
    gradient(name, network);
    double[] all = network.gradients().toDoubleVector();
    int[] positions = positions(network, ID_CASES.containsKey(name) ? FEW_POSITIONS : POSITIONS);
    double[] analytic = java.util.Arrays.stream(positions).mapToDouble(i -> all[i]).toArray();
    double[] numeric =
        java.util.Arrays.stream(positions).mapToDouble(i -> difference(name, network, i)).toArray();
    assertThat(largest(numeric)).as("there is something to compare").isGreaterThan(1e-3);
    assertThat(largestDifference(analytic, numeric) / largest(numeric)).as(name).isLessThan(1e-7);
  }

  private static int[] positions(Network network, int count) {
    return network.parameterRanges().stream()
        .filter(NamedRange::trained)
        .flatMapToInt(
            range ->
                new Random(range.offset())
                    .ints(count, (int) range.offset(), (int) (range.offset() + range.length())))
        .toArray();
  }

  private static double difference(String name, Network network, int index) {
    double value = network.parameters().getDouble(index);
    double above = lossAt(name, network, index, value + STEP);
    double below = lossAt(name, network, index, value - STEP);
    network.parameters().putScalar(index, value);
    return (above - below) / (2 * STEP);
  }

  private static double lossAt(String name, Network network, int index, double value) {
    network.parameters().putScalar(index, value);
    return gradient(name, network).sum();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void oneDnnAgreesWithTheReference(String name) {
    Network reference = network(name, new Nd4jKernels(DataType.DOUBLE));
    Network network = network(name, new OneDnnKernels(Parallel.onOpenMp(2)));
    double expected = gradient(name, reference).sum();
    assertThat(gradient(name, network).sum())
        .isCloseTo(expected, org.assertj.core.api.Assertions.within(1e-5 * expected));
    double[] wanted = reference.gradients().toDoubleVector();
    double[] found = widened(DenseArrays.read(network.gradients()));
    assertThat(largestDifference(found, wanted) / largest(wanted)).isLessThan(1e-5);
    double[] logits = widened(network.logits(values(name), BATCH));
    double[] wantedLogits = widened(reference.logits(values(name), BATCH));
    assertThat(largestDifference(logits, wantedLogits) / largest(wantedLogits)).isLessThan(1e-5);
  }

  @Test
  void noLayerIsLeftOut() throws IOException, URISyntaxException {
    Stream<Graph> graphs = cases().stream().map(GradientCheckTest::graph);
    assertThat(LayerTypes.in(graphs)).containsExactlyInAnyOrderElementsOf(LayerTypes.all());
  }

  private static double[] widened(float[] values) {
    double[] widened = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      widened[i] = values[i];
    }
    return widened;
  }

  private static double largest(double[] values) {
    return java.util.Arrays.stream(values).map(Math::abs).max().orElseThrow();
  }

  private static double largestDifference(double[] left, double[] right) {
    assertThat(left).hasSameSizeAs(right);
    double largest = 0;
    for (int i = 0; i < left.length; i++) {
      largest = Math.max(largest, Math.abs(left[i] - right[i]));
    }
    return largest;
  }
}
