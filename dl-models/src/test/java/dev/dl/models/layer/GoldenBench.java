package dev.dl.models.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.dl.core.kernel.Kernels;
import dev.dl.core.kernel.Parallel;
import dev.dl.core.kernel.nd4j.Nd4jKernels;
import dev.dl.core.kernel.onednn.OneDnnKernels;
import dev.dl.models.graph.Graph;
import dev.dl.models.graph.Node;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.provider.Arguments;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The layers of a golden case on benches: inputs and parameters are the tensors of their names, and
 * so is what the layers should make of them.
 */
final class GoldenBench {
  private static final Kernels SINGLE = new Nd4jKernels(DataType.FLOAT);
  static final List<Kernels> KERNELS =
      List.of(new OneDnnKernels(Parallel.onOpenMp(2)), SINGLE, new Nd4jKernels(DataType.DOUBLE));

  private final GoldenCase test;
  private final List<Node> nodes;
  private final Node output;
  private final Map<Node, Bench> benches = new LinkedHashMap<>();
  private final Map<Node, Operation> operations = new HashMap<>();
  private final Bench arrays;
  private final float smallest;

  GoldenBench(GoldenCase test, Kernels kernels, Node output) {
    this.test = test;
    this.output = output;
    Graph graph = Graph.of(output);
    nodes = graph.nodes();
    for (Node node : nodes) {
      if (!node.isInput()) {
        Bench bench = new Bench(kernels, node.layer(), node.inputShapes().toArray(Shape[]::new));
        parameters(node).forEach(name -> bench.set(name, test.values(tensor(node, name))));
        if (node.inputs().stream().allMatch(input -> graph.readers(input).size() == 1)) {
          bench.overwriteInputs();
        }
        benches.put(node, bench);
        operations.put(node, node.layer().operation(bench));
      }
    }
    arrays = benches.get(output);
    smallest = benches.size() > 1 ? 1 : 1e-3f; // sums of several layers may cancel
  }

  /** Every case of the files with every implementation of the kernels that can run it. */
  static Stream<Arguments> each(Stream<String> files) {
    return files
        .flatMap(file -> GoldenCase.of(file).stream())
        .flatMap(
            test ->
                KERNELS.stream()
                    .filter(kernels -> !dilated(test, kernels))
                    .map(
                        kernels ->
                            Arguments.of(
                                test,
                                Named.of(kernels.name() + " " + kernels.dataType(), kernels))));
  }

  /** ND4J's convolution refuses dilation in float32 on the CPU. */
  private static boolean dilated(GoldenCase test, Kernels kernels) {
    return test.setting("dilation", 1) > 1 && kernels.equals(SINGLE);
  }

  private static List<String> parameters(Node node) {
    return node.layer().parameters(node.inputShapes()).stream().map(Parameter::name).toList();
  }

  /** Layers are named {@code test} and what PyTorch's have before the parameter's name. */
  private static String tensor(Node node, String parameter) {
    if (parameter.equals(Parameter.NAMELESS)) {
      return "parameter";
    }
    return (node.name() + "." + parameter).substring("test.".length());
  }

  /** Forward and backward, with all gradients that PyTorch has. */
  void requireAgreement() {
    requireClose(test.has("inference") ? "inference" : "output", forward(false));
    requireClose("output", forward(true));
    Map<Node, INDArray> gradients = backward();
    for (Node node : nodes) {
      if (!node.isInput()) {
        parameters(node)
            .forEach(
                name ->
                    requireClose(
                        tensor(node, name) + "Gradient", benches.get(node).gradientValues(name)));
      } else if (test.has(node.name() + "Gradient")) {
        requireClose(node.name() + "Gradient", arrays.values(gradients.get(node), node.shape()));
      } else {
        assertThat(gradients).as("inputs with a gradient").doesNotContainKey(node);
      }
    }
  }

  /** The output, in PyTorch's order. */
  float[] forward(boolean training) {
    Map<Node, INDArray> outputs = new HashMap<>();
    for (Node node : nodes) {
      INDArray[] inputs = node.inputs().stream().map(outputs::get).toArray(INDArray[]::new);
      outputs.put(
          node,
          node.isInput()
              ? array(node.name(), node.shape())
              : operations.get(node).forward(inputs, training, benches.get(node)));
    }
    return arrays.values(outputs.get(output), output.shape());
  }

  private INDArray array(String tensor, Shape shape) {
    return arrays.array(test.values(tensor), test.shape(tensor)[0], shape);
  }

  /** The gradient of each node that has one; those of a node with several readers are added. */
  private Map<Node, INDArray> backward() {
    Map<Node, INDArray> gradients = new HashMap<>();
    gradients.put(output, array("outputGradient", output.shape()));
    for (int i = nodes.size() - 1; i >= 0; i--) {
      Node node = nodes.get(i);
      if (!node.isInput()) {
        INDArray[] parts = operations.get(node).backward(gradients.get(node), benches.get(node));
        for (int k = 0; k < parts.length; k++) {
          if (parts[k] != null) {
            gradients.merge(node.inputs().get(k), parts[k], INDArray::add);
          }
        }
      }
    }
    return gradients;
  }

  private void requireClose(String tensor, float[] actual) {
    requireClose(tensor, actual, test.values(tensor), smallest);
  }

  /** Within 4e-6 of the largest value, a few roundings of float32. */
  static void requireClose(String what, float[] actual, float[] expected) {
    requireClose(what, actual, expected, 1e-3f);
  }

  private static void requireClose(String what, float[] actual, float[] expected, float smallest) {
    float largest = smallest;
    for (float value : expected) {
      largest = Math.max(largest, Math.abs(value));
    }
    assertThat(actual).as(what).containsExactly(expected, within(4e-6f * largest));
  }
}
