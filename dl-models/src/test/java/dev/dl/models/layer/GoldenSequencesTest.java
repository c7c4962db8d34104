package dev.dl.models.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.dl.core.kernel.Kernels;
import dev.dl.core.kernel.Parallel;
import dev.dl.core.kernel.RecurrentCell;
import dev.dl.core.kernel.nd4j.Nd4jKernels;
import dev.dl.core.kernel.onednn.OneDnnKernels;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Layers that read sequences agree with PyTorch, with its packed sequences where there is a mask;
 * tools/golden/sequences.py made the files.
 */
final class GoldenSequencesTest {
  private static final List<Kernels> KERNELS =
      List.of(
          new OneDnnKernels(Parallel.of(2)),
          new Nd4jKernels(DataType.FLOAT),
          new Nd4jKernels(DataType.DOUBLE));

  static Stream<Arguments> recurrences() {
    return Stream.of("lstm", "gru").flatMap(GoldenSequencesTest::each);
  }

  static Stream<Arguments> embeddings() {
    return each("embedding");
  }

  private static Stream<Arguments> each(String file) {
    return GoldenCase.of(file).stream()
        .flatMap(
            test ->
                KERNELS.stream()
                    .map(
                        kernels ->
                            Arguments.of(
                                test,
                                Named.of(kernels.name() + " " + kernels.dataType(), kernels))));
  }

  @Test
  void noCaseIsLeftOut() {
    assertThat(recurrences()).hasSize(2 * 6 * KERNELS.size());
    assertThat(embeddings()).hasSize(2 * KERNELS.size());
  }

  @ParameterizedTest(name = "{0} on {1}")
  @MethodSource("recurrences")
  void recursAsPyTorch(GoldenCase test, Kernels kernels) {
    boolean bidirectional = test.settings().get("bidirectional").asBoolean();
    int directions = bidirectional ? 2 : 1;
    Shape shape = test.sample("input");
    Layer layer =
        new Recurrent(
            test.file().equals("lstm") ? RecurrentCell.LSTM : RecurrentCell.GRU,
            test.sample("output").features() / directions,
            bidirectional);
    Bench bench = benchOf(test, layer, kernels, shape);
    Operation operation = layer.operation(bench);
    INDArray[] inputs = inputs(test, bench, shape);

    INDArray inference = operation.forward(inputs, false, bench);
    assertClose("output", bench.values(inference, shape), test.values("output"));
    INDArray output = operation.forward(inputs, true, bench);
    assertClose("output", bench.values(output, shape), test.values("output"));
    assertClose("last", last(output, test, bidirectional, bench), test.values("last"));

    INDArray gradient =
        bench.array(test.values("outputGradient"), output.size(0), test.sample("output"));
    INDArray[] gradients = operation.backward(gradient, bench);
    assertThat(gradients).hasSameSizeAs(inputs);
    assertClose("input", bench.values(gradients[0], shape), test.values("inputGradient"));
    for (Parameter parameter : layer.parameters(List.of(shape))) {
      String name = parameter.name();
      assertClose(name, bench.gradientValues(name), test.values(name + "Gradient"));
    }
  }

  private static Bench benchOf(GoldenCase test, Layer layer, Kernels kernels, Shape shape) {
    Bench bench = new Bench(kernels, layer, shape);
    layer
        .parameters(List.of(shape))
        .forEach(parameter -> bench.set(parameter.name(), test.values(parameter.name())));
    return bench;
  }

  private static INDArray[] inputs(GoldenCase test, Bench bench, Shape shape) {
    long batch = test.shape("input")[0];
    INDArray input = bench.array(test.values("input"), batch, shape);
    return test.has("mask")
        ? new INDArray[] {input, bench.array(test.values("mask"), batch, test.sample("mask"))}
        : new INDArray[] {input};
  }

  private static float[] last(
      INDArray output, GoldenCase test, boolean bidirectional, Bench bench) {
    INDArray[] inputs = inputs(test, bench, test.sample("input"));
    inputs[0] = output;
    INDArray last = new LastStep(bidirectional).operation(bench).forward(inputs, false, bench);
    return bench.values(last, test.sample("last"));
  }

  @ParameterizedTest(name = "{0} on {1}")
  @MethodSource("embeddings")
  void embedsAsPyTorch(GoldenCase test, Kernels kernels) {
    Shape shape = test.sample("input");
    long[] table = test.shape("weight");
    Layer layer = new Embedding((int) table[0], (int) table[1], test.setting("padding"), 1);
    Bench bench = benchOf(test, layer, kernels, shape);
    Operation operation = layer.operation(bench);
    INDArray output = operation.forward(inputs(test, bench, shape), true, bench);
    assertClose("output", bench.values(output, shape), test.values("output"));
    operation.backward(
        bench.array(test.values("outputGradient"), output.size(0), test.sample("output")), bench);
    assertClose("weight", bench.gradientValues("weight"), test.values("weightGradient"));
  }

  static Stream<Kernels> kernels() {
    return KERNELS.stream();
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void refusesIdsThatAreNotOfTheVocabulary(Kernels kernels) {
    Shape shape = Shape.of(2);
    Bench bench = new Bench(kernels, Embedding.of(5, 3), shape);
    Operation operation = Embedding.of(5, 3).operation(bench);
    for (float wrong : new float[] {5, -1, 1.5f, Float.NaN}) {
      INDArray ids = bench.array(new float[] {0, 4, 1, wrong}, 2, shape);
      assertThatThrownBy(() -> operation.forward(new INDArray[] {ids}, true, bench))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "got the id %s at position 1 of sample 1, expected whole numbers from 0 to 4"
                  .formatted(wrong));
    }
  }

  @Test
  void aPaddingVectorBeginsAtZero() {
    Initializer initializer =
        Embedding.of(4, 3).withPadding(2).parameters(List.of(Shape.of(5))).get(0).initializer();
    assertThat(initializer.value(1, 2, 5)).isNotZero();
    assertThat(initializer.value(1, 2, 6)).isZero();
    assertThat(initializer.value(1, 2, 8)).isZero();
    assertThat(initializer.value(1, 2, 9)).isNotZero();
  }

  /** Within 4e-6 of the largest value, a few roundings of float32. */
  private static void assertClose(String what, float[] actual, float[] expected) {
    float largest = 1e-3f;
    for (float value : expected) {
      largest = Math.max(largest, Math.abs(value));
    }
    assertThat(actual).as(what).containsExactly(expected, within(4e-6f * largest));
  }
}
