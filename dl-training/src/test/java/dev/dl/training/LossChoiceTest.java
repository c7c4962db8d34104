package dev.dl.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dl.core.config.ConfigReader;
import dev.dl.core.data.Batch;
import dev.dl.core.data.Samples;
import dev.dl.core.kernel.Loss;
import dev.dl.models.graph.Head;
import dev.dl.training.spec.LossSpec;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LossChoiceTest {
  private static final Head THREE = Head.classes(3);

  @ParameterizedTest
  @CsvSource({"CLASSES", "LABELS", "VALUES", "PIXELS", "TAGS", "NEXT", "MATCH", "SIMILARITY"})
  void isTheUsualOneOfTheHeadUnlessTheSpecSaysOtherwise(Head.Kind kind) {
    Head head = new Head(kind, 2);

    assertThat(loss("", head)).isEqualTo(head.loss(0));
  }

  @Test
  void takesEachLossWithItsSettings() {
    assertThat(loss("{name: focal, gamma: 0.5, classWeights: [1, 2, 3]}", THREE))
        .isEqualTo(new Loss.Focal(0.5, List.of(1.0, 2.0, 3.0)));
    assertThat(loss("{labelSmoothing: 0.1}", THREE)).isEqualTo(new Loss.SoftmaxCrossEntropy(0.1));
    assertThat(loss("{name: mae}", Head.values(1))).isEqualTo(new Loss.AbsoluteError());
    assertThat(loss("{name: huber, threshold: 2}", Head.values(1))).isEqualTo(new Loss.Huber(2));
    assertThat(loss("{name: dice, crossEntropy: 0}", Head.pixels(2))).isEqualTo(new Loss.Dice(0));
    assertThat(loss("{name: contrastive, scale: 10}", Head.match()))
        .isEqualTo(new Loss.Contrastive(10));
    assertThat(loss("{name: focal}", Head.pixels(2))).isEqualTo(new Loss.Focal(2, List.of()));
  }

  /** Six targets of class 0, three of class 2 and none: 9 / (2 · 6) and 9 / (2 · 3). */
  @Test
  void balancedWeightsAreInverseToTheCountsAndOneInTheMeanOverSamples() {
    assertThat(loss("{classWeights: balanced}", THREE))
        .isEqualTo(new Loss.SoftmaxCrossEntropy(0, List.of(0.75, 1.0, 1.5)));
    assertThat(6 * 0.75 + 3 * 1.5).isEqualTo(6 + 3);
  }

  @Test
  void refusesWhatDoesNotFitTheTask() {
    assertThatThrownBy(() -> loss("{name: mse}", THREE))
        .hasMessage(
            "training.loss.name: got mse for a network that tells classes, expected one of"
                + " cross-entropy, focal; leave it out for cross-entropy");
    assertThatThrownBy(() -> loss("{classWeights: balanced}", Head.values(1)))
        .hasMessageContaining("training.loss.classWeights: got a value for mse, expected none");
    assertThatThrownBy(() -> loss("{name: focal, labelSmoothing: 0.1}", THREE))
        .hasMessageContaining("training.loss.labelSmoothing: got a value for focal");
    assertThatThrownBy(() -> loss("{classWeights: [1, 2]}", THREE))
        .hasMessageContaining(
            "training.loss.classWeights: got 2 weights, expected 3, one for each");
  }

  @Test
  void offersWeightsForClassesOfVeryDifferentSizes() {
    List<String> names = List.of("tea", "milk", "sugar");
    Samples nine = targets(0, 0, 0, 0, 0, 0, 0, 0, 0, 2);
    Samples ten = targets(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2);

    assertThat(LossChoice.advice(spec(""), THREE, names, ten))
        .contains(
            "10 training samples of class tea, and 1 of class sugar;"
                + " training.loss.classWeights=balanced lets all classes count alike");
    assertThat(LossChoice.advice(spec(""), THREE, names, nine)).isEmpty();
    assertThat(LossChoice.advice(spec("{classWeights: balanced}"), THREE, names, ten)).isEmpty();
    assertThat(LossChoice.advice(spec(""), Head.values(1), List.of(), ten)).isEmpty();
  }

  private static Samples targets(float... labels) {
    float[][] targets = new float[labels.length][];
    for (int i = 0; i < labels.length; i++) {
      targets[i] = new float[] {labels[i]};
    }
    return new Targets(targets);
  }

  private record Settings(LossSpec loss) {}

  /** For three samples of three or four tokens, one of them of no class. */
  private static Loss loss(String settings, Head head) {
    float[][] tokens = {{0, 0, 2}, {0, -1, 2, 0}, {2, 0, 0}};
    return LossChoice.of(spec(settings), head, new Targets(tokens));
  }

  private static LossSpec spec(String settings) {
    String text = settings.isEmpty() ? "{}" : settings;
    return ConfigReader.parse("loss: " + text, "test", List.of(), Settings.class).loss();
  }

  /** Samples of which nothing but the targets is asked for. */
  private static final class Targets implements Samples {
    private final float[][] targets;

    Targets(float[][] targets) {
      this.targets = targets;
    }

    @Override
    public int size() {
      return targets.length;
    }

    @Override
    public float[] target(int sample) {
      return targets[sample];
    }

    @Override
    public int[][] shuffled(long seed, int epoch, int batchSize) {
      throw new AssertionError("not asked for");
    }

    @Override
    public Batch batch(int[] samples) {
      throw new AssertionError("not asked for");
    }

    @Override
    public byte[] digest(int sample) {
      throw new AssertionError("not asked for");
    }

    @Override
    public String name(int sample) {
      throw new AssertionError("not asked for");
    }
  }
}
