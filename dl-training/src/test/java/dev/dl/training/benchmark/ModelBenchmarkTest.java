package dev.dl.training.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.dl.core.backend.Backend;
import dev.dl.core.kernel.Activation;
import dev.dl.models.Model;
import dev.dl.models.ModelCatalog;
import dev.dl.models.graph.Graph;
import dev.dl.models.graph.Node;
import dev.dl.models.layer.Convolution;
import dev.dl.models.layer.Dense;
import dev.dl.models.layer.Flatten;
import dev.dl.models.layer.Shape;
import dev.dl.training.benchmark.BenchmarkResult.LayerTime;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ModelBenchmarkTest {
  private static final Graph GRAPH =
      Graph.of(
          Node.input(Shape.of(2, 6, 6))
              .then("conv", Convolution.same(4, 3))
              .then("flatten", new Flatten())
              .then("fc1", new Dense(5, Activation.RELU))
              .then("fc2", Dense.linear(3)));

  private static BenchmarkResult measure() {
    return ModelBenchmark.measure("small", GRAPH, 2, Duration.ofMillis(20), Backend.cpu("test"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"mlp-bn", "ft-transformer-1", "fm", "autoencoder"})
  void measuresModelsForTables(String name) {
    Model model = ModelCatalog.find(name).orElseThrow();
    Graph graph = model.architecture().define(model.input(), model.head());
    BenchmarkResult result =
        ModelBenchmark.measure(name, graph, 4, Duration.ofMillis(20), Backend.cpu("test"));
    assertThat(result.trainingSamplesPerSecond()).isPositive();
  }

  @Test
  void countsMultiplyAdds() {
    assertThat(GRAPH.multiplyAdds()).isEqualTo(36 * 2 * 4 * 9 + 36 * 4 * 5 + 5 * 3);
  }

  @Test
  void tellsEveryOperationOfAStepInTheOrderOfRunning() {
    assertThat(measure().operations())
        .extracting(operation -> operation.part() + " " + operation.node())
        .containsExactly(
            "data input",
            "forward conv",
            "forward flatten",
            "forward fc1",
            "forward fc2",
            "loss loss",
            "backward fc2",
            "backward fc1",
            "backward flatten",
            "backward conv",
            "graph graph");
  }

  @Test
  void theWorkOfAStepCountsNoInputGradientOfTheFirstLayer() {
    BenchmarkResult result = measure();
    double work = 2.0 * (2 * 36 * 2 * 4 * 9 + 3 * (36 * 4 * 5 + 5 * 3));
    assertThat(result.gigaflops() * 1e9 / result.trainingSamplesPerSecond())
        .isCloseTo(work, within(1e-6 * work));
    assertThat(result.layers())
        .extracting(LayerTime::layer)
        .containsExactlyInAnyOrder(
            "Convolution", "Flatten", "Dense", "SoftmaxCrossEntropy", "ComputationGraph", "input");
  }

  @Test
  void partsAndLayersAreSharesOfOneStep() {
    BenchmarkResult result = measure();
    double optimizer = result.stepMilliseconds().get("optimizer");
    double step = result.stepMilliseconds().values().stream().mapToDouble(time -> time).sum();
    double layers = result.layers().stream().mapToDouble(LayerTime::share).sum();
    assertThat(layers).isCloseTo(1 - optimizer / step, within(1e-3));
    assertThat(result.peakGigaflops()).isGreaterThan(result.gigaflops());
    assertThat(result.predictionSamplesPerSecond()).isPositive();
  }
}
