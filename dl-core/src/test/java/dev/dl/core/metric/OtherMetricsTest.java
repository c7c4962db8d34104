package dev.dl.core.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** Golden: scikit-learn 1.2 and SciPy 1.10 on the same numbers, tools/golden/metrics.py. */
class OtherMetricsTest {
  @Test
  void measuresNumbersInTheirUnit() {
    Metrics metrics = new ValueMetrics(10);
    metrics.add(new float[] {0.5f, -1}, new float[] {0.25f, -1.5f}, new int[] {0, 1});
    metrics.add(new float[] {2}, new float[] {1}, new int[] {2});

    Map<String, Double> measured = metrics.result().metrics();
    assertThat(metrics.result().samples()).isEqualTo(3);
    assertThat(measured.get("rmse")).isCloseTo(6.614378277661477, within(1e-9));
    assertThat(measured.get("mae")).isCloseTo(5.833333333333333, within(1e-9));
    assertThat(measured.get("r2")).isCloseTo(0.6012658227848102, within(1e-9));
    assertThat(measured.get("loss")).isCloseTo(0.4375, within(1e-9));
  }

  @Test
  void measuresLabels() {
    Metrics metrics = new LabelMetrics(3);
    metrics.add(
        new float[] {2, -1, 0.5f, -3, 1, -0.25f}, new float[] {1, 0, 0, 0, 1, 1}, new int[] {0, 1});
    metrics.add(new float[] {1, -1, -1}, new float[] {1, 0, 0}, new int[] {2});

    Map<String, Double> measured = metrics.result().metrics();
    assertThat(measured.get("accuracy")).isCloseTo(0.3333333333333333, within(1e-12));
    assertThat(measured.get("microF1")).isCloseTo(0.75, within(1e-12));
    assertThat(measured.get("macroF1")).isCloseTo(0.6666666666666666, within(1e-12));
    assertThat(measured.get("loss")).isCloseTo(0.3935378004740866, within(1e-9));
  }

  @Test
  void measuresTokens() {
    Metrics metrics = new TokenMetrics(2);
    metrics.add(new float[] {0, 1, 2, 0, 5, 5}, new float[] {1, 1, -1}, new int[] {0});

    Map<String, Double> measured = metrics.result().metrics();
    assertThat(measured.keySet()).containsExactly("loss", "accuracy", "perplexity");
    assertThat(measured.get("accuracy")).isEqualTo(0.5);
    assertThat(measured.get("loss")).isCloseTo((0.3132616875 + 2.1269280110) / 2, within(1e-9));
    assertThat(measured.get("perplexity")).isCloseTo(3.3871, within(1e-3));
  }

  /** Of rows 0 and 5 it is known that they are anomalies, of row 3 nothing. */
  @Test
  void measuresScoresOfAnomalies() {
    Metrics metrics = new AnomalyMetrics();
    metrics.add(
        new float[] {0.5f, 0.25f, 0.5f, 8, 3},
        new float[] {1, 0, 0, -1, 0},
        new int[] {0, 1, 2, 3});
    metrics.add(new float[] {4, 1e-3f}, new float[] {1, 0}, new int[] {5, 6});

    Map<String, Double> measured = metrics.result().metrics();
    assertThat(metrics.result().samples()).isEqualTo(7);
    assertThat(measured.get("auc")).isCloseTo(0.8125, within(1e-12));
    assertThat(measured.get("loss")).isCloseTo((0.25 + 0.5 + 8 + 3 + 0.001) / 5, within(1e-7));
  }

  @Test
  void tellsNoAreaWithoutBothKinds() {
    Metrics metrics = new AnomalyMetrics();
    metrics.add(new float[] {2, 1}, new float[] {-1, 0}, new int[] {0, 1});

    assertThat(metrics.result().metrics()).containsOnlyKeys("loss").containsEntry("loss", 1.5);
  }

  /** Two pictures of three pixels and one that is left out. */
  @Test
  void measuresPixels() {
    Metrics metrics = new PixelMetrics(4);
    metrics.add(
        new float[] {2, 0, 1, -90, 9, 9, 9, 9, 0, 0.5f, 0, -90, 1, 0, 0.5f, -90},
        new float[] {0, -1, 1, 2},
        new int[] {0});
    metrics.add(
        new float[] {0, 3, 0, -90, 0, 2, 1, -90, 1, 1.5f, 0, -90, 9, 9, 9, 9},
        new float[] {1, 1, 0, -1},
        new int[] {1});

    Map<String, Double> measured = metrics.result().metrics();
    assertThat(metrics.result().samples()).isEqualTo(2);
    assertThat(measured.get("meanIoU")).isCloseTo(0.3611111111111111, within(1e-12));
    assertThat(measured.get("dice")).isCloseTo(0.4523809523809524, within(1e-12));
    assertThat(measured.get("accuracy")).isCloseTo(0.6666666666666666, within(1e-12));
    assertThat(measured.get("loss")).isCloseTo(0.6648186551176379, within(1e-7));
  }

  /** Of two features each; two cosines are equal, and so are two of what they should be. */
  @Test
  void measuresSimilarities() {
    Metrics metrics = new SimilarityMetrics();
    metrics.add(
        new float[] {1, 0, 0.5f, 0, 0, 1, 0, 0.75f, 1, 0, -0.25f, 9},
        new float[] {0.25f, 1, -1},
        new int[] {0, 1, 2});
    metrics.add(
        new float[] {0, 1, 3, 0.5f, 0, 1, 1, 0}, new float[] {0.5f, 0.25f}, new int[] {3, 4});

    Map<String, Double> measured = metrics.result().metrics();
    assertThat(metrics.result().samples()).isEqualTo(5);
    assertThat(measured.get("spearman")).isCloseTo(0.9210526315789475, within(1e-12));
    assertThat(measured.get("pearson")).isCloseTo(0.8872110601792478, within(1e-12));
    assertThat(measured.get("loss")).isCloseTo(0.15, within(1e-12));
  }

  @Test
  void measuresWhichVectorsFindTheirOwn() {
    Metrics metrics = new MatchMetrics(20);
    metrics.add(
        new float[] {1, 0, 0.8f, 0.6f, 0, 1, 0.6f, 0.8f, 0.6f, 0.8f, 0, 1},
        new float[] {1, 1, 1},
        new int[] {0, 1, 2});
    metrics.add(new float[] {1, 0, 0, 1}, new float[] {1}, new int[] {3});

    Map<String, Double> measured = metrics.result().metrics();
    assertThat(metrics.result().samples()).isEqualTo(4);
    assertThat(measured.get("mrr")).isCloseTo(0.47619047619047616, within(1e-12));
    assertThat(measured.get("recallAt1")).isCloseTo(0.25, within(1e-12));
    assertThat(measured.get("loss")).isCloseTo(6.283697751381898, within(1e-6));
  }

  @Test
  void vectorsThatAreAllAlikeOrNoNumbersFindNothing() {
    Metrics alike = new MatchMetrics(20);
    Metrics noNumbers = new MatchMetrics(20);
    for (int pair = 0; pair < 2500; pair++) {
      alike.add(new float[] {1, 0, 1, 0}, new float[] {1}, new int[] {pair});
      noNumbers.add(new float[] {Float.NaN, 0, 1, 0}, new float[] {1}, new int[] {pair});
    }

    assertThat(alike.result().samples()).isEqualTo(2500);
    assertThat(alike.result().metrics().get("recallAt1"))
        .isCloseTo((1 + 1 + 1) / 2500.0, within(1e-12));
    assertThat(noNumbers.result().metrics().get("recallAt1")).isZero();
    assertThat(noNumbers.result().metrics().get("loss")).isNaN();
  }

  @Test
  void notANumberIsNeverRight() {
    Metrics labels = new LabelMetrics(1);
    labels.add(new float[] {Float.NaN}, new float[] {0}, new int[] {0});
    assertThat(labels.result().metrics().get("accuracy")).isZero();
    assertThat(labels.result().metrics().get("loss")).isNaN();
  }
}
