package dev.dl.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

final class ComparisonTest {
  private static final List<Double> PEAKS = List.of(100.0, 100.0, 200.0, 50.0, 50.0, 50.0);

  @Test
  void comparesWithinTurnsSoThatDriftCancels() {
    Comparison comparison =
        comparison(Map.of("stock", turns(10, 20, 40), "dl", turns(20, 40, 120)));
    assertThat(comparison.throughput(Phase.TRAINING, "dl")).isEqualTo(new Samples(40, 20, 120));
    assertThat(comparison.ratio(Phase.TRAINING, "dl")).isEqualTo(new Samples(2, 2, 3));
    assertThat(comparison.ratio(Phase.INFERENCE, "dl")).isEqualTo(new Samples(2, 2, 3));
  }

  @Test
  void comparesWithLibtorchAsItIsFaster() {
    Map<String, Measurement> turns =
        Map.of(
            "stock", turns(1, 1, 1),
            "libtorch", turns(10, 30, 10),
            "libtorch-tuned", turns(20, 20, 20),
            "dl", turns(30, 30, 10));
    Comparison comparison = comparison(turns);
    assertThat(comparison.reference(Phase.TRAINING)).isEqualTo("libtorch-tuned");
    assertThat(comparison.ratio(Phase.TRAINING, "dl")).isEqualTo(new Samples(1.5, 0.5, 1.5));
  }

  @Test
  void countsWhatIsDoneOverWhatTheMachineCould() {
    Comparison comparison =
        comparison(Map.of("stock", turns(10, 20, 40), "dl", turns(1e3, 1e3, 1e3)));
    double gflops = 1e3 * Workload.CNN28.trainingFlops() / 1e9;
    assertThat(comparison.gflops(Phase.TRAINING, "dl")).isEqualTo(gflops);
    Samples share = comparison.shareOfPeak(Phase.TRAINING, "dl");
    assertThat(share.median()).isCloseTo(gflops / 100, within(1e-9));
    assertThat(share.minimum()).isCloseTo(gflops / 200, within(1e-9));
    assertThat(comparison.shareOfPeak(Phase.INFERENCE, "dl").median())
        .isCloseTo(gflops * 4 / 3 / 50, within(1e-9));
    // A pass forward is a third of a step, and goes four times as fast here.
    assertThat(comparison.gflops(Phase.INFERENCE, "dl")).isCloseTo(gflops * 4 / 3, within(1e-9));
  }

  @Test
  void theMedianOfAnEvenNumberIsTheMeanOfTheTwoInTheMiddle() {
    assertThat(Samples.of(List.of(4.0, 1.0, 2.0, 100.0)).median()).isEqualTo(3);
  }

  @Test
  void aRatioAndItsInverseHaveTheGeometricMeanOne() {
    assertThat(Samples.geometricMean(4, 0.25)).isEqualTo(1);
  }

  static Comparison comparison(Map<String, Measurement> turns) {
    Map<String, Measurement> ordered = new LinkedHashMap<>();
    for (String engine : List.of("libtorch", "libtorch-tuned", "stock", "dl")) {
      if (turns.containsKey(engine)) {
        ordered.put(engine, turns.get(engine));
      }
    }
    return new Comparison(Workload.CNN28, PEAKS, ordered);
  }

  /** Inference goes four times as fast as training. */
  static Measurement turns(double... samplesPerSecond) {
    return measured(null, samplesPerSecond);
  }

  /** The same with an optimizer whose share is known. */
  static Measurement measured(Double optimizerShare, double... samplesPerSecond) {
    List<Double> training = DoubleStream.of(samplesPerSecond).boxed().toList();
    return new Measurement(
        new EngineProcess.Description("engine 1.0", 1, 500, optimizerShare),
        training,
        training.stream().map(figure -> 4 * figure).toList());
  }
}
