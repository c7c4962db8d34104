package dev.dl.core.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Golden values: scikit-learn on the same logits, src/test/python/metric_golden.py. */
class ClassificationMetricsTest {
  private static final int SAMPLES = 60;
  private static final int CLASSES = 5;
  private static final Offset<Double> CLOSE = within(1e-9);

  @Test
  void agreesWithScikitLearn() {
    ClassEvaluation result = gathered(0, SAMPLES).result();

    assertThat(result.samples()).isEqualTo(60);
    assertThat(result.loss()).isCloseTo(3.058393398819729, CLOSE);
    assertThat(result.accuracy()).isCloseTo(0.2833333333333333, CLOSE);
    assertThat(result.topKAccuracy()).isCloseTo(0.48333333333333334, CLOSE);
    assertThat(result.macroF1()).isCloseTo(0.2895975420460546, CLOSE);
    assertThat(result.confusion())
        .isDeepEqualTo(
            new long[][] {
              {4, 2, 1, 2, 4}, {1, 3, 2, 2, 3}, {1, 1, 3, 3, 5}, {0, 1, 3, 4, 3}, {7, 1, 1, 0, 3}
            });
  }

  @Test
  void scoresEachClass() {
    List<ClassScore> classes = gathered(0, SAMPLES).result().classes();

    assertThat(classes).extracting(ClassScore::samples).containsExactly(13L, 11L, 13L, 11L, 12L);
    assertThat(classes.get(2).precision()).isCloseTo(0.3, CLOSE);
    assertThat(classes.get(2).recall()).isCloseTo(0.23076923076923078, CLOSE);
    assertThat(classes.get(2).f1()).isCloseTo(0.2608695652173913, CLOSE);
    assertThat(classes.get(4).precision()).isCloseTo(0.16666666666666666, CLOSE);
    assertThat(classes.get(4).recall()).isCloseTo(0.25, CLOSE);
    assertThat(classes.get(4).f1()).isCloseTo(0.2, CLOSE);
  }

  @Test
  void keepsTheMostConfidentMistakesInOrder() {
    List<Mistake> mistakes = gathered(0, SAMPLES).result().mistakes();

    assertThat(mistakes).hasSize(25).extracting(Mistake::sample).startsWith(12, 47, 17);
    assertThat(mistakes.get(0).label()).isEqualTo(2);
    assertThat(mistakes.get(0).predicted()).isEqualTo(4);
    assertThat(mistakes.get(0).probability()).isCloseTo(0.9952415394667704, within(1e-6));
    assertThat(mistakes).isSortedAccordingTo(Mistake.MOST_CONFIDENT_FIRST);
  }

  @Test
  void givesTheSameWhateverTheBatchesAndAfterMerging() {
    ClassEvaluation whole = gathered(0, SAMPLES).result();
    ClassificationMetrics oneByOne = new ClassificationMetrics(CLASSES, 2);
    IntStream.range(0, SAMPLES).forEach(i -> add(oneByOne, i, i + 1));
    ClassificationMetrics merged = gathered(31, SAMPLES);
    merged.merge(gathered(0, 31));

    for (ClassEvaluation other : List.of(oneByOne.result(), merged.result())) {
      assertThat(other.loss()).isCloseTo(whole.loss(), CLOSE);
      assertThat(other.metrics()).containsEntry("accuracy", whole.accuracy());
      assertThat(other.topKAccuracy()).isEqualTo(whole.topKAccuracy());
      assertThat(other.classes()).isEqualTo(whole.classes());
      assertThat(other.confusion()).isDeepEqualTo(whole.confusion());
      assertThat(other.mistakes()).isEqualTo(whole.mistakes());
    }
  }

  @Test
  void prefersTheLowestIndexAmongEqualLogitsAndTheFirstAmongEqualMistakes() {
    ClassificationMetrics metrics = new ClassificationMetrics(3, 2);
    metrics.add(new float[] {1, 1, 1, 1, 1, 1, 1, 1, 1}, new int[] {2, 1, 0}, new int[] {9, 4, 1});
    ClassEvaluation result = metrics.result();

    assertThat(result.accuracy()).isEqualTo(1 / 3.0);
    assertThat(result.topKAccuracy()).isEqualTo(2 / 3.0);
    assertThat(result.mistakes()).extracting(Mistake::sample).containsExactly(4, 9);
  }

  @Test
  void neverTakesALogitThatIsNotFiniteForRight() {
    for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
      ClassificationMetrics metrics = new ClassificationMetrics(2, 2);
      metrics.add(new float[] {bad, 0, 3, 0}, new int[] {0, 0}, new int[] {0, 1});
      ClassEvaluation result = metrics.result();

      assertThat(result.loss()).isNaN();
      assertThat(result.accuracy()).isEqualTo(0.5);
      assertThat(result.topKAccuracy()).isEqualTo(0.5);
      assertThat(result.classes().get(0).recall()).isEqualTo(0.5);
    }
  }

  @Test
  void staysFiniteForLargeLogits() {
    ClassificationMetrics metrics = new ClassificationMetrics(2, 1);
    metrics.add(new float[] {10_000, -10_000}, new int[] {1}, new int[] {0});

    assertThat(metrics.result().loss()).isEqualTo(20_000);
  }

  @Test
  void knowsNothingWithoutSamples() {
    ClassEvaluation result = new ClassificationMetrics(2, 5).result();

    assertThat(result.metrics().values()).hasSize(4).containsOnly(Double.NaN);
  }

  @Test
  void leavesClassesThatDoNotOccurOutOfTheMacroAverage() {
    ClassificationMetrics metrics = new ClassificationMetrics(4, 1);
    metrics.add(new float[] {1, 0, 0, 0, 0, 1, 0, 0}, new int[] {0, 0}, new int[] {0, 1});

    assertThat(metrics.result().macroF1()).isCloseTo((2 / 3.0 + 0) / 2, CLOSE);
  }

  @Test
  void refusesBatchesThatDoNotFit() {
    ClassificationMetrics metrics = new ClassificationMetrics(2, 1);

    assertThatThrownBy(() -> metrics.add(new float[3], new int[1], new int[1]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> metrics.merge(new ClassificationMetrics(3, 1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static ClassificationMetrics gathered(int from, int to) {
    ClassificationMetrics metrics = new ClassificationMetrics(CLASSES, 2);
    add(metrics, from, to);
    return metrics;
  }

  private static void add(ClassificationMetrics metrics, int from, int to) {
    float[] logits = new float[(to - from) * CLASSES];
    for (int k = 0; k < logits.length; k++) {
      int i = from + k / CLASSES;
      int j = k % CLASSES;
      logits[k] = (float) ((37 * i + 59 * j + 11 * i * j) % 101 / 10.0 - 5 + j / 100.0);
    }
    int[] samples = IntStream.range(from, to).toArray();
    metrics.add(logits, IntStream.of(samples).map(i -> (3 * i + i / 7) % 5).toArray(), samples);
  }
}
