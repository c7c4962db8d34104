package dev.dl.training.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.dl.core.kernel.update.Nd4jUpdateKernels;
import dev.dl.core.kernel.update.UpdateKernels;
import dev.dl.training.optimizer.Golden.Case;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

final class ExponentialMovingAverageTest {
  private static final UpdateKernels KERNELS = new Nd4jUpdateKernels();

  static List<Case> cases() {
    return Golden.cases("averages.json");
  }

  @Test
  void hasGoldenValues() {
    assertThat(cases()).hasSize(2);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void averagesAsPyTorchWithTheWarmedUpDecay(Case golden) {
    JsonNode parameters = golden.get("parameters");
    ExponentialMovingAverage average =
        ExponentialMovingAverage.of(vector(parameters.get(0)), golden.get("decay").asDouble());
    for (int step = 1; step < parameters.size(); step++) {
      KERNELS.ema(average.at(step), vector(parameters.get(step)));
      assertThat(average.average().toDoubleVector())
          .as("step %d", step)
          .containsExactly(Golden.vector(golden.get("averages").get(step)), within(1e-7));
    }
  }

  @Test
  void keepsItsOwnCopyOfTheValuesItBeginsWith() {
    INDArray parameters = Nd4j.createFromArray(1.0, 2.0);
    ExponentialMovingAverage average = ExponentialMovingAverage.of(parameters, 0.9);
    parameters.assign(0);
    assertThat(average.average().toDoubleVector()).containsExactly(1, 2);
  }

  private static INDArray vector(JsonNode numbers) {
    return Nd4j.createFromArray(Golden.vector(numbers));
  }
}
