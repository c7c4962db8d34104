package dev.dl.training.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.dl.core.kernel.Parallel;
import dev.dl.core.kernel.update.JavaUpdateKernels;
import dev.dl.core.kernel.update.Nd4jUpdateKernels;
import dev.dl.core.kernel.update.Parameters;
import dev.dl.core.kernel.update.UpdateKernels;
import dev.dl.training.optimizer.Golden.Case;
import dev.dl.training.spec.OptimizerKind;
import dev.dl.training.spec.OptimizerSpec;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

final class OptimizerTest {
  private static final Parallel PARALLEL = Parallel.of(2);
  private static final UpdateKernels FUSED = new JavaUpdateKernels(PARALLEL);
  private static final UpdateKernels REFERENCE = new Nd4jUpdateKernels();

  /** As in the golden values: element 8 is not trained. */
  private static final List<ParameterRange> RANGES =
      List.of(
          new ParameterRange(0, 2, true),
          new ParameterRange(2, 3, true),
          new ParameterRange(5, 3, false),
          new ParameterRange(9, 2, true));

  /** As in the golden values of paces: the last two begin after 5 steps. */
  private static final List<ParameterRange> PACED =
      List.of(
          new ParameterRange(0, 2, true),
          new ParameterRange(2, 3, true, new Pace(0.5, 0)),
          new ParameterRange(5, 3, false),
          new ParameterRange(9, 2, true, new Pace(0.1, 5)));

  @AfterAll
  static void closeTeam() {
    PARALLEL.close();
  }

  static List<Case> cases() {
    return Golden.cases("optimizers.json");
  }

  static List<Case> paces() {
    return Golden.cases("paces.json");
  }

  @Test
  void everyOptimizerMeetsEveryProblem() {
    assertThat(paces()).hasSize(5);
    assertThat(cases()).hasSize(17 * 3);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void takesTheStepsOfPyTorchInDoubles(Case golden) {
    replay(golden, RANGES, REFERENCE, DataType.DOUBLE, 1e-8);
  }

  @ParameterizedTest
  @MethodSource("paces")
  void trainsEachRangeAtItsRateAndFromItsStepAsPyTorchDoes(Case golden) {
    replay(golden, PACED, REFERENCE, DataType.DOUBLE, 1e-8);
    replay(golden, PACED, FUSED, DataType.FLOAT, 1e-6);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void takesTheStepsOfPyTorchInFloatsWithFusedKernels(Case golden) {
    replay(golden, RANGES, FUSED, DataType.FLOAT, 1e-6);
  }

  private static void replay(
      Case golden,
      List<ParameterRange> ranges,
      UpdateKernels kernels,
      DataType type,
      double tolerance) {
    OptimizerSpec spec = spec(golden.get("spec"));
    GradientClip clip =
        golden.get("maximumNorm").isNull()
            ? GradientClip.NONE
            : new GradientClip(golden.get("maximumNorm").asDouble());
    double scale = golden.get("gradientScale").asDouble();
    INDArray parameters = vector(golden.get("initial"), type);
    Optimizer optimizer = Optimizer.of(spec, ranges, parameters.length(), kernels, type);
    int steps = golden.get("gradients").size();
    for (int step = 0; step < steps; step++) {
      INDArray gradient = vector(golden.get("gradients").get(step), type);
      double norm = optimizer.gradientNorm(gradient) * scale;
      assertThat(norm).isCloseTo(golden.get("norms").get(step).asDouble(), relative(norm));
      double learningRate = spec.learningRate() / (1 + step);
      optimizer.step(Parameters.of(parameters), gradient, learningRate, scale * clip.factor(norm));
      assertClose(parameters, golden.get("parameters").get(step), tolerance, step);
    }
    assertThat(optimizer.stepCount()).isEqualTo(steps);
    assertThat(steps).isEqualTo(12);
  }

  @ParameterizedTest
  @EnumSource(OptimizerKind.class)
  void continuesToTheSameBitsFromItsSavedState(OptimizerKind kind) {
    OptimizerSpec spec = new OptimizerSpec(kind, 0.01, 0.1, 0.9, false, 0.9, 0.999, 1e-8);
    INDArray expected = Nd4j.linspace(DataType.FLOAT, -1, 0.2, 11).reshape(1, 11);
    INDArray gradient = Nd4j.linspace(DataType.FLOAT, 3, -0.5, 11).reshape(1, 11);
    Optimizer unbroken = Optimizer.of(spec, RANGES, 11, FUSED);
    for (int i = 0; i < 3; i++) {
      unbroken.step(Parameters.of(expected), gradient, 0.01, 1);
    }
    INDArray actual = expected.dup();
    Map<String, INDArray> saved = new HashMap<>();
    unbroken.state().forEach((name, values) -> saved.put(name, values.dup()));
    Optimizer resumed = Optimizer.of(spec, RANGES, 11, FUSED);
    resumed.load(saved, unbroken.stepCount());
    for (int i = 0; i < 2; i++) {
      unbroken.step(Parameters.of(expected), gradient, 0.01, 1);
      resumed.step(Parameters.of(actual), gradient, 0.01, 1);
    }
    assertThat(actual.toFloatVector()).containsExactly(expected.toFloatVector());
    assertThat(resumed.stepCount()).isEqualTo(5);
  }

  @Test
  void refusesTheStateOfAnotherKindOrSize() {
    OptimizerSpec adam =
        new OptimizerSpec(OptimizerKind.ADAM, 0.01, 0, 0.9, false, 0.9, 0.999, 1e-8);
    Optimizer optimizer = Optimizer.of(adam, RANGES, 11, FUSED);
    INDArray fits = Nd4j.zeros(DataType.FLOAT, 1, 11);
    INDArray isShort = Nd4j.zeros(DataType.FLOAT, 1, 10);
    assertThatThrownBy(() -> optimizer.load(Map.of("momentum", fits), 1))
        .hasMessage("optimizer state: got [momentum], expected [firstMoment, secondMoment]");
    assertThatThrownBy(
            () -> optimizer.load(Map.of("firstMoment", fits, "secondMoment", isShort), 1))
        .hasMessage("optimizer state secondMoment: got 10 values, expected 11");
  }

  @Test
  void refusesRangesThatOverlapOrDoNotFit() {
    List<ParameterRange> overlapping =
        List.of(new ParameterRange(0, 5, true), new ParameterRange(4, 2, true));
    assertThatThrownBy(() -> ParameterRange.joined(overlapping, 11))
        .hasMessageContaining("expected ascending ones without overlap");
    assertThatThrownBy(() -> ParameterRange.joined(RANGES, 10))
        .hasMessageContaining("of 10 parameters");
  }

  @Test
  void joinsNeighboursOfEqualDecayAndPace() {
    assertThat(ParameterRange.joined(RANGES, 11))
        .containsExactly(
            new ParameterRange(0, 5, true),
            new ParameterRange(5, 3, false),
            new ParameterRange(9, 2, true));
    assertThat(ParameterRange.joined(PACED, 11)).isEqualTo(PACED);
  }

  private static OptimizerSpec spec(JsonNode json) {
    return new OptimizerSpec(
        OptimizerKind.valueOf(json.required("name").asText().toUpperCase(Locale.ROOT)),
        json.required("learningRate").asDouble(),
        json.required("weightDecay").asDouble(),
        json.path("momentum").asDouble(),
        json.path("nesterov").asBoolean(),
        json.path("beta1").asDouble(),
        json.path("beta2").asDouble(),
        json.path("epsilon").asDouble());
  }

  private static INDArray vector(JsonNode numbers, DataType type) {
    double[] values = Golden.vector(numbers);
    return Nd4j.createFromArray(values).castTo(type).reshape(1, values.length);
  }

  /** Relative to the largest value: with large gradients parameters cross zero at full speed. */
  private static void assertClose(INDArray actual, JsonNode golden, double tolerance, int step) {
    double[] expected = Golden.vector(golden);
    double largest = DoubleStream.of(expected).map(Math::abs).max().orElseThrow();
    assertThat(actual.toDoubleVector())
        .as("parameters after step %d", step)
        .containsExactly(expected, within(tolerance * Math.max(1, largest)));
  }

  private static Offset<Double> relative(double size) {
    return within(1e-8 * size);
  }
}
