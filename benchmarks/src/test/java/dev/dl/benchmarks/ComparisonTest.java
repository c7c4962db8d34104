package dev.dl.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

final class ComparisonTest {
  private static final List<Double> PEAKS = List.of(100.0, 100.0, 200.0);

  @Test
  void comparesWithinRoundsSoThatDriftCancels() {
    Comparison comparison =
        comparison(Map.of("stock", rounds(10, 20, 40), "dl", rounds(20, 40, 120)));
    assertThat(comparison.throughput(Phase.TRAINING, "dl")).isEqualTo(new Samples(40, 20, 120));
    assertThat(comparison.ratio(Phase.TRAINING, "dl")).isEqualTo(new Samples(2, 2, 3));
    assertThat(comparison.ratio(Phase.INFERENCE, "dl")).isEqualTo(new Samples(2, 2, 3));
  }

  @Test
  void comparesWithLibtorchAsItIsFaster() {
    Map<String, List<Measurement>> rounds =
        Map.of(
            "stock", rounds(1, 1, 1),
            "libtorch", rounds(10, 30, 10),
            "libtorch-tuned", rounds(20, 20, 20),
            "dl", rounds(30, 30, 10));
    Comparison comparison = comparison(rounds);
    assertThat(comparison.reference(Phase.TRAINING)).isEqualTo("libtorch-tuned");
    assertThat(comparison.ratio(Phase.TRAINING, "dl")).isEqualTo(new Samples(1.5, 0.5, 1.5));
  }

  @Test
  void countsWhatIsDoneOverWhatTheMachineCould() {
    Comparison comparison =
        comparison(Map.of("stock", rounds(10, 20, 40), "dl", rounds(1e3, 1e3, 1e3)));
    double gflops = 1e3 * Workload.CNN28.trainingFlops() / 1e9;
    assertThat(comparison.gflops(Phase.TRAINING, "dl")).isEqualTo(gflops);
    Samples share = comparison.shareOfPeak(Phase.TRAINING, "dl");
    assertThat(share.median()).isEqualTo(gflops / 100);
    assertThat(share.minimum()).isEqualTo(gflops / 200);
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

  static Comparison comparison(Map<String, List<Measurement>> rounds) {
    Map<String, List<Measurement>> ordered = new LinkedHashMap<>();
    for (String engine : List.of("libtorch", "libtorch-tuned", "stock", "dl")) {
      if (rounds.containsKey(engine)) {
        ordered.put(engine, rounds.get(engine));
      }
    }
    return new Comparison(Workload.CNN28, PEAKS, ordered);
  }

  /** Inference goes four times as fast as training. */
  static List<Measurement> rounds(double... samplesPerSecond) {
    return measured(null, samplesPerSecond);
  }

  /** The same with an optimizer whose share is known. */
  static List<Measurement> measured(Double optimizerShare, double... samplesPerSecond) {
    return DoubleStream.of(samplesPerSecond)
        .mapToObj(
            figure ->
                new Measurement(
                    "engine 1.0",
                    1,
                    throughput(figure),
                    throughput(4 * figure),
                    500,
                    optimizerShare))
        .toList();
  }

  private static Throughput throughput(double figure) {
    return new Throughput(figure, List.of(figure));
  }
}
