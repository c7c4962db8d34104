package dev.dl.models.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dl.core.kernel.Activation;
import dev.dl.core.kernel.Kernels;
import dev.dl.core.kernel.Loss;
import dev.dl.core.kernel.Parallel;
import dev.dl.core.kernel.Window;
import dev.dl.core.kernel.nd4j.Nd4jKernels;
import dev.dl.core.kernel.onednn.OneDnnKernels;
import dev.dl.core.tensorfile.Tensor;
import dev.dl.models.Model;
import dev.dl.models.ModelCatalog;
import dev.dl.models.graph.Graph;
import dev.dl.models.graph.Head;
import dev.dl.models.graph.ImageInput;
import dev.dl.models.graph.Node;
import dev.dl.models.layer.Activate;
import dev.dl.models.layer.Add;
import dev.dl.models.layer.BatchNormalization;
import dev.dl.models.layer.Convolution;
import dev.dl.models.layer.Dense;
import dev.dl.models.layer.Dropout;
import dev.dl.models.layer.GlobalAveragePooling;
import dev.dl.models.layer.Shape;
import dev.dl.models.layer.StochasticDepth;
import dev.dl.models.network.StepProfile.Part;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Outside of training, convolutions do the work of the batch normalizations after them. */
final class FoldingTest {
  private static final Kernels ONEDNN = new OneDnnKernels(Parallel.onOpenMp(2));
  private static final Shape IMAGE = Shape.of(3, 8, 8);

  /** Largest error over largest logit. */
  private static final double ERROR = 1e-4;

  @ParameterizedTest
  @ValueSource(strings = {"resnet20", "mobilenetv2-cifar", "resnet18-cifar"})
  void logitsOfModelsAreThoseOfLayersApart(String name) {
    Model model = ModelCatalog.find(name).orElseThrow();
    Graph graph = model.architecture().define(ImageInput.of(3, 16, 16), Head.classes(10));
    Network network = Network.create(graph, new Loss.SoftmaxCrossEntropy(0), ONEDNN, 5);
    for (int step = 1; step <= 3; step++) {
      network.gradient(images(graph, 20), 20, new float[20], step, 0);
    }
    Network apart = Network.create(apart(graph), new Loss.SoftmaxCrossEntropy(0), ONEDNN, 5);
    apart.load(network.weights());
    requireClose(network.logits(images(graph, 20), 20), apart.logits(images(graph, 20), 20));
  }

  @Test
  void everyConvolutionOfAMobileNetDoesItsNormalizationsWork() {
    Model model = ModelCatalog.find("mobilenetv2-cifar").orElseThrow();
    Graph graph = model.architecture().define(ImageInput.of(3, 16, 16), Head.classes(10));
    assertThat(ran(graph)).doesNotContain("BatchNormalization").contains("Convolution");
    assertThat(ran(apart(graph))).contains("BatchNormalization");
  }

  @Test
  void aConvolutionWithSeveralReadersIsLeftAlone() {
    Node convolution = Node.input(IMAGE).then("conv", convolution(Activation.NONE));
    Node normalized = convolution.then("norm", new BatchNormalization(Activation.RELU));
    Node sum = Node.join("sum", new Add(Activation.NONE), convolution, normalized);
    Graph graph = classified(sum);
    assertThat(ran(graph)).contains("BatchNormalization");
    requireSameLogits(graph, ONEDNN, 4);
  }

  @Test
  void aConvolutionWithAnActivationIsLeftAlone() {
    Graph graph =
        classified(
            Node.input(IMAGE)
                .then("conv", convolution(Activation.RELU))
                .then("norm", new BatchNormalization(Activation.NONE)));
    assertThat(ran(graph)).contains("BatchNormalization");
    requireSameLogits(graph, ONEDNN, 4);
  }

  @Test
  void aNormalizedOutputMayHaveSeveralReaders() {
    Node x = folded();
    Node branch =
        x.then("branch", convolution(Activation.NONE))
            .then("branch norm", new BatchNormalization(Activation.RELU))
            .then("dropout", new Dropout(0.5))
            .then("depth", new StochasticDepth(0.5));
    Node sum = Node.join("sum", new Add(Activation.NONE), branch, x);
    Node deep = sum.then("again", new StochasticDepth(0.5));
    Graph graph = classified(Node.join("twice", new Add(Activation.RELU), deep, sum));
    requireSameLogits(graph, ONEDNN, 4);
    requireSameLogits(graph, new Nd4jKernels(DataType.DOUBLE), 4);
  }

  @Test
  void evaluationFollowsTraining() {
    Graph graph = classified(folded());
    Network network = network(graph, ONEDNN);
    Network apart = network(apart(graph), ONEDNN);
    for (int step = 1; step <= 3; step++) {
      network.gradient(images(graph, 4), 4, new float[] {0, 1, 2, 3}, step, 0);
      INDArray change = network.gradients().mul(0.1);
      network.parameters().subi(change);
      apart.load(network.weights());
      requireClose(network.logits(images(graph, 4), 4), apart.logits(images(graph, 4), 4));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "conv.weight",
        "conv.bias",
        "norm.weight",
        "norm.bias",
        "norm.running_mean",
        "norm.running_var"
      })
  void aNanInAnyWeightReachesTheLogits(String name) {
    Network network = network(classified(folded()), ONEDNN);
    Map<String, Tensor> weights = network.weights();
    weights.get(name).values()[1] = Float.NaN;
    network.load(weights);
    assertThat(network.logits(images(classified(folded()), 4), 4)).containsOnly(Float.NaN);
  }

  @Test
  void aNanInAnInputReachesItsLogits() {
    Graph graph = classified(folded());
    float[] images = images(graph, 4);
    images[70] = Float.NaN;
    float[] logits = network(graph, ONEDNN).logits(images, 4);
    for (int i = 0; i < logits.length; i++) {
      assertThat(Float.isNaN(logits[i])).isEqualTo(i < logits.length / 4);
    }
  }

  private static Node folded() {
    return Node.input(IMAGE)
        .then("conv", convolution(Activation.NONE))
        .then("norm", new BatchNormalization(Activation.RELU6));
  }

  private static Convolution convolution(Activation activation) {
    return new Convolution(3, Window.centred(3, 1), 1, true, activation, false);
  }

  private static Graph classified(Node x) {
    return Graph.of(x.then("average", new GlobalAveragePooling()).then("head", Dense.linear(4)));
  }

  /** The same network with something that changes nothing before each normalization. */
  private static Graph apart(Graph graph) {
    Map<Node, Node> copies = new HashMap<>();
    for (Node node : graph.nodes()) {
      if (node.isInput()) {
        copies.put(node, node);
        continue;
      }
      Node[] inputs = node.inputs().stream().map(copies::get).toArray(Node[]::new);
      if (node.layer() instanceof BatchNormalization) {
        inputs[0] = inputs[0].then(node.name() + " apart", new Activate(Activation.NONE));
      }
      copies.put(node, Node.join(node.name(), node.layer(), inputs));
    }
    return Graph.of(copies.get(graph.output()));
  }

  private static Network network(Graph graph, Kernels kernels) {
    Network network = Network.create(graph, new Loss.SoftmaxCrossEntropy(0), kernels, 5);
    Random random = new Random(6);
    Map<String, Tensor> weights = network.weights();
    for (NamedRange range : network.bufferRanges()) {
      float[] values = weights.get(range.name()).values();
      for (int i = 0; i < values.length; i++) {
        values[i] =
            range.name().endsWith("running_var")
                ? 0.2f + random.nextFloat()
                : 0.3f * (float) random.nextGaussian();
      }
    }
    network.load(weights);
    return network;
  }

  private static float[] images(Graph graph, int batch) {
    Random random = new Random(7);
    float[] values = new float[batch * graph.input().shape().size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  /** The types of the layers that run in a pass outside of training. */
  private static List<String> ran(Graph graph) {
    List<String> layers = new ArrayList<>();
    Network network = Network.create(graph, new Loss.SoftmaxCrossEntropy(0), ONEDNN, 5);
    network.profile(
        (part, node, layer, time) -> {
          if (part == Part.FORWARD) {
            layers.add(layer);
          }
        });
    network.logits(images(graph, 2), 2);
    return layers;
  }

  private static void requireSameLogits(Graph graph, Kernels kernels, int batch) {
    float[] images = images(graph, batch);
    Network apart = network(apart(graph), kernels);
    Network network = network(graph, kernels);
    network.load(apart.weights());
    requireClose(network.logits(images, batch), apart.logits(images, batch));
    // Also from buffers of the pass before.
    requireClose(network.logits(images, batch), apart.logits(images, batch));
  }

  private static void requireClose(float[] actual, float[] expected) {
    double largest = 0;
    for (float value : expected) {
      largest = Math.max(largest, Math.abs(value));
    }
    assertThat(largest).isPositive();
    for (int i = 0; i < expected.length; i++) {
      assertThat(Math.abs(actual[i] - expected[i])).isLessThanOrEqualTo((float) (ERROR * largest));
    }
  }
}
