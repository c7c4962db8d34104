package dev.dl.models.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.dl.core.kernel.Activation;
import dev.dl.core.kernel.DenseArrays;
import dev.dl.core.kernel.Kernels;
import dev.dl.core.kernel.Loss;
import dev.dl.core.kernel.LossResult;
import dev.dl.core.kernel.Parallel;
import dev.dl.core.kernel.Window;
import dev.dl.core.kernel.nd4j.Nd4jKernels;
import dev.dl.core.kernel.onednn.OneDnnKernels;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Every kernel implementation agrees with PyTorch, forward and backward. */
final class GoldenLayersTest {
  private static final Kernels ONEDNN = new OneDnnKernels(Parallel.of(2));
  private static final List<Kernels> KERNELS =
      List.of(ONEDNN, new Nd4jKernels(DataType.FLOAT), new Nd4jKernels(DataType.DOUBLE));

  private static final Map<String, Function<GoldenCase, Layer>> LAYERS = layers();

  private static Map<String, Function<GoldenCase, Layer>> layers() {
    Map<String, Function<GoldenCase, Layer>> layers = new LinkedHashMap<>();
    layers.put("convolution", GoldenLayersTest::convolution);
    layers.put("grouped-convolution", GoldenLayersTest::groupedConvolution);
    layers.put("transposed-convolution", GoldenLayersTest::transposedConvolution);
    layers.put("group-normalization", test -> new GroupNormalization(test.setting("groups")));
    layers.put("dense", test -> Dense.linear((int) test.shape("output")[1]));
    layers.put("relu", test -> new Activate(Activation.RELU));
    layers.put("max-pooling", test -> pooling(test, false));
    layers.put("average-pooling", test -> pooling(test, true));
    layers.put("global-average-pooling", test -> new GlobalAveragePooling());
    layers.put("residual", test -> new Add(Activation.RELU));
    return layers;
  }

  private static Layer convolution(GoldenCase test) {
    return new Convolution(
        (int) test.shape("output")[1], window(test), 1, test.has("bias"), Activation.NONE, false);
  }

  private static Layer groupedConvolution(GoldenCase test) {
    int outputs = (int) test.shape("output")[1];
    int groups = test.setting("groups");
    return new Convolution(outputs, dilated(test), groups, true, Activation.NONE, false);
  }

  private static Layer transposedConvolution(GoldenCase test) {
    int outputs = (int) test.shape("output")[1];
    int groups = test.setting("groups");
    return new TransposedConvolution(outputs, dilated(test), test.setting("outputPadding"), groups);
  }

  private static Window dilated(GoldenCase test) {
    return new Window(
        test.setting("kernel"),
        test.setting("stride"),
        test.setting("padding"),
        test.setting("dilation"));
  }

  private static Layer pooling(GoldenCase test, boolean average) {
    return new Pooling(average, window(test));
  }

  private static Window window(GoldenCase test) {
    return Window.of(test.setting("kernel"), test.setting("stride"), test.setting("padding"));
  }

  static Stream<Arguments> cases() {
    return LAYERS.keySet().stream()
        .flatMap(file -> GoldenCase.of(file).stream())
        .flatMap(GoldenLayersTest::each);
  }

  static Stream<Arguments> normalizations() {
    return GoldenCase.of("batch-normalization").stream().flatMap(GoldenLayersTest::each);
  }

  static Stream<Arguments> losses() {
    return GoldenCase.of("cross-entropy").stream().flatMap(GoldenLayersTest::each);
  }

  private static Stream<Arguments> each(GoldenCase test) {
    return KERNELS.stream()
        .filter(kernels -> !dilated(test, kernels))
        .map(
            kernels ->
                Arguments.of(test, Named.of(kernels.name() + " " + kernels.dataType(), kernels)));
  }

  /** ND4J's convolution refuses dilation in float32 on the CPU. */
  private static boolean dilated(GoldenCase test, Kernels kernels) {
    return test.settings().path("dilation").asInt(1) > 1
        && kernels.equals(new Nd4jKernels(DataType.FLOAT));
  }

  @Test
  void noCaseIsLeftOut() {
    assertThat(cases()).hasSize(39 * KERNELS.size() - 2);
    assertThat(normalizations()).hasSize(4 * KERNELS.size());
    assertThat(losses()).hasSize(5 * KERNELS.size());
  }

  @ParameterizedTest(name = "{0} on {1}")
  @MethodSource("cases")
  void agreesWithPyTorch(GoldenCase test, Kernels kernels) {
    List<String> names = test.has("shortcut") ? List.of("input", "shortcut") : List.of("input");
    Layer layer = LAYERS.get(test.file()).apply(test);
    Shape[] shapes = names.stream().map(test::sample).toArray(Shape[]::new);
    Bench bench = new Bench(kernels, layer, shapes);
    List<String> given =
        layer.parameters(List.of(shapes)).stream().map(Parameter::name).filter(test::has).toList();
    given.forEach(name -> bench.set(name, test.values(name)));
    long batch = test.shape("input")[0];
    Operation operation = layer.operation(bench);
    INDArray[] inputs =
        names.stream()
            .map(name -> bench.array(test.values(name), batch, test.sample(name)))
            .toArray(INDArray[]::new);

    Shape outputShape = layer.outputShape(List.of(shapes));
    INDArray output = operation.forward(inputs, true, bench);
    assertClose("output", bench.values(output, outputShape), test.values("output"));
    INDArray inference = operation.forward(inputs, false, bench);
    assertClose("output", bench.values(inference, outputShape), test.values("output"));

    operation.forward(inputs, true, bench);
    INDArray[] gradients =
        operation.backward(bench.array(test.values("outputGradient"), batch, outputShape), bench);
    for (int i = 0; i < gradients.length; i++) {
      String name = names.get(i) + "Gradient";
      assertClose(name, bench.values(gradients[i], shapes[i]), test.values(name));
    }
    for (String name : given) {
      assertClose(name + "Gradient", bench.gradientValues(name), test.values(name + "Gradient"));
    }
  }

  @ParameterizedTest(name = "{0} on {1}")
  @MethodSource("normalizations")
  void normalizesAsPyTorch(GoldenCase test, Kernels kernels) {
    boolean training = test.settings().get("training").asBoolean();
    Layer layer = new BatchNormalization(Activation.NONE);
    Shape shape = test.sample(training ? "input1" : "input");
    Bench bench = new Bench(kernels, layer, shape);
    bench.set("weight", test.values("weight"));
    bench.set("bias", test.values("bias"));
    Operation operation = layer.operation(bench);
    bench.setBuffer("running_var", ones(bench.bufferValues("running_var").length));
    if (!training) {
      bench.setBuffer("running_mean", test.values("runningMean"));
      bench.setBuffer("running_var", test.values("runningVariance"));
      INDArray input = bench.array(test.values("input"), test.shape("input")[0], shape);
      INDArray output = operation.forward(new INDArray[] {input}, false, bench);
      assertClose("output", bench.values(output, shape), test.values("output"));
      return;
    }
    for (int step = 1; step <= 2; step++) {
      long batch = test.shape("input" + step)[0];
      INDArray input = bench.array(test.values("input" + step), batch, shape);
      INDArray output = operation.forward(new INDArray[] {input}, true, bench);
      assertClose("output", bench.values(output, shape), test.values("output" + step));
      INDArray gradient = bench.array(test.values("outputGradient" + step), batch, shape);
      INDArray inputGradient = operation.backward(gradient, bench)[0];
      assertClose(
          "inputGradient", bench.values(inputGradient, shape), test.values("inputGradient" + step));
      assertClose(
          "weightGradient", bench.gradientValues("weight"), test.values("weightGradient" + step));
      assertClose("biasGradient", bench.gradientValues("bias"), test.values("biasGradient" + step));
      assertClose("mean", bench.bufferValues("running_mean"), test.values("runningMean" + step));
      assertClose(
          "variance", bench.bufferValues("running_var"), test.values("runningVariance" + step));
    }
  }

  private static float[] ones(int length) {
    float[] ones = new float[length];
    java.util.Arrays.fill(ones, 1);
    return ones;
  }

  @ParameterizedTest(name = "{0} on {1}")
  @MethodSource("losses")
  void losesAsPyTorch(GoldenCase test, Kernels kernels) {
    long[] shape = test.shape("logits");
    INDArray logits = DenseArrays.allocate(kernels.dataType(), shape);
    INDArray labels = DenseArrays.allocate(kernels.dataType(), shape[0]);
    INDArray gradient = DenseArrays.allocate(kernels.dataType(), shape);
    DenseArrays.write(test.values("logits"), logits);
    DenseArrays.write(test.values("labels"), labels);
    double smoothing = test.settings().get("labelSmoothing").asDouble();
    Loss loss = new Loss.SoftmaxCrossEntropy(smoothing);
    LossResult result = kernels.loss(loss, logits, labels, gradient);
    // PyTorch's values are of the mean over the batch, ours of the sum.
    assertThat(result.sum() / shape[0])
        .isCloseTo(test.values("loss")[0], within(1e-5 * Math.max(1, result.sum())));
    assertClose(
        "logitsGradient",
        scaled(DenseArrays.read(gradient), 1f / shape[0]),
        test.values("logitsGradient"));
  }

  private static float[] scaled(float[] values, float factor) {
    float[] result = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      result[i] = values[i] * factor;
    }
    return result;
  }

  /** Within 2e-6 of the largest value, a few roundings of float32. */
  private static void assertClose(String what, float[] actual, float[] expected) {
    float largest = 1e-3f;
    for (float value : expected) {
      largest = Math.max(largest, Math.abs(value));
    }
    assertThat(actual).as(what).containsExactly(expected, within(4e-6f * largest));
  }
}
