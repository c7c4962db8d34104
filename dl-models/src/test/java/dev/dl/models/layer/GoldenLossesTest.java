package dev.dl.models.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.dl.core.kernel.DenseArrays;
import dev.dl.core.kernel.Kernels;
import dev.dl.core.kernel.Loss;
import dev.dl.core.kernel.LossResult;
import dev.dl.core.kernel.Parallel;
import dev.dl.core.kernel.nd4j.Nd4jKernels;
import dev.dl.core.kernel.onednn.OneDnnKernels;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Losses and their gradients are PyTorch's; tools/golden/losses.py made the values. */
final class GoldenLossesTest {

  static Stream<Arguments> cases() {
    return GoldenCase.of("losses").stream()
        .flatMap(
            test ->
                Stream.of(
                        new OneDnnKernels(Parallel.onOpenMp(2)),
                        new Nd4jKernels(DataType.FLOAT),
                        new Nd4jKernels(DataType.DOUBLE))
                    .map(kernels -> Arguments.of(test, kernels)));
  }

  @ParameterizedTest(name = "{0} on {1}")
  @MethodSource("cases")
  void losesAsPyTorch(GoldenCase test, Kernels kernels) {
    INDArray outputs = array(test, "outputs", kernels);
    INDArray targets = array(test, "targets", kernels);
    INDArray gradient = DenseArrays.allocate(kernels.dataType(), test.shape("outputs"));
    LossResult result = kernels.loss(loss(test.settings()), outputs, targets, gradient);
    int rows = test.setting("counted", (int) test.shape("outputs")[0]);
    assertThat(result.counted()).isEqualTo(rows);
    double loss = test.values("loss")[0];
    assertThat(result.sum() / rows).isCloseTo(loss, within(2e-6 * loss));
    float[] expected = test.values("outputsGradient");
    float[] found = DenseArrays.read(gradient);
    float largest = 0.5f;
    for (float value : expected) {
      largest = Math.max(largest, Math.abs(value));
    }
    for (int i = 0; i < found.length; i++) {
      assertThat(found[i] / rows).isCloseTo(expected[i], within(4e-7f * largest));
    }
  }

  private static INDArray array(GoldenCase test, String tensor, Kernels kernels) {
    INDArray array = DenseArrays.allocate(kernels.dataType(), test.shape(tensor));
    DenseArrays.write(test.values(tensor), array);
    return array;
  }

  private static Loss loss(JsonNode settings) {
    return switch (settings.get("loss").asText()) {
      case "softmax" ->
          new Loss.SoftmaxCrossEntropy(
              settings.get("labelSmoothing").asDouble(), classWeights(settings));
      case "focal" -> new Loss.Focal(settings.get("gamma").asDouble(), classWeights(settings));
      case "distillation" ->
          new Loss.Distillation(
              new Loss.SoftmaxCrossEntropy(
                  settings.get("labelSmoothing").asDouble(), classWeights(settings)),
              settings.get("temperature").asDouble(),
              settings.get("mix").asDouble());
      case "dice" -> new Loss.Dice(settings.get("crossEntropy").asDouble());
      case "binary" -> new Loss.BinaryCrossEntropy();
      case "contrastive" -> new Loss.Contrastive(settings.get("scale").asDouble());
      case "cosine" -> new Loss.CosineError();
      case "distance" -> new Loss.Distance();
      case "squared" -> new Loss.SquaredError();
      case "absolute" -> new Loss.AbsoluteError();
      default -> new Loss.Huber(settings.get("threshold").asDouble());
    };
  }

  private static List<Double> classWeights(JsonNode settings) {
    List<Double> weights = new ArrayList<>();
    settings.path("classWeights").forEach(weight -> weights.add(weight.asDouble()));
    return weights;
  }
}
