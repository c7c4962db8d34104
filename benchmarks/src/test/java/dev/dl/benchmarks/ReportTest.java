package dev.dl.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ReportTest {
  private static final Host HOST = new Host("Processor X", 2, "L1 Data 32K", "16 kB", "17.0.1");

  private final Report report =
      new Report(
          HOST,
          "benchmarks/run cnn28",
          2,
          List.of(
              ComparisonTest.comparison(
                  Map.of(
                      "libtorch", ComparisonTest.measured(0.025, 100, 100, 100),
                      "dl", ComparisonTest.turns(150, 160, 140)))));

  @Test
  void listsEveryEngineWithItsRatioToLibtorch() {
    assertThat(report.tables().lines())
        .contains(
            "Peak of the machine, float32 products of 2,048 rows by OpenBLAS, beside each turn:"
                + " 75 GFLOP/s (50-200).",
            "Optimizer's share of training, cnn28, libtorch: 2.5 %",
            "| cnn28 | libtorch | 100.0 | 100.0-100.0 | 13.4 | 13 % | 500 | 1.00 | 1.00-1.00 |",
            "| cnn28 | dl | 150.0 | 140.0-160.0 | 20.1 | 20 % | 500 | 1.50 | 1.40-1.60 |",
            "| cnn28 | dl | 600.0 | 560.0-640.0 | 26.8 | 54 % |  | 1.50 | 1.40-1.60 |",
            "Geometric mean of the ratios, dl, 1 workloads: 1.50");
  }

  @Test
  void takesNoMeanOverAnEngineComparedWithItself() {
    assertThat(report.tables()).doesNotContain("Geometric mean of the ratios, libtorch");
  }

  @Test
  void saysOnWhatAndHowItWasMeasured() {
    assertThat(report.page())
        .contains("`benchmarks/run cnn28`", "Processor X, 2 cores", "Java 17.0.1; engine 1.0")
        .contains("- `libtorch`: defaults.", "OMP_WAIT_POLICY=");
  }

  @Test
  void givesEveryFigureAsJson() {
    JsonNode json = new ObjectMapper().valueToTree(report.json());
    JsonNode ours = json.at("/workloads/0/engines/dl");
    assertThat(json.at("/host/processor").asText()).isEqualTo("Processor X");
    assertThat(ours.at("/training/ratio/median").asDouble()).isEqualTo(1.5);
    assertThat(ours.at("/measured/training/2").asDouble()).isEqualTo(140);
  }
}
