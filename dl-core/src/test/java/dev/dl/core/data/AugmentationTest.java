package dev.dl.core.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Golden values: NumPy's padding, slicing and reversing in src/test/python/data_golden.py. */
class AugmentationTest {
  private static final AugmentationSpec BOTH = new AugmentationSpec(1, true);
  private static final ImageShape SHAPE = new ImageShape(1, 3, 4);
  private static final byte[] PICTURE = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};

  @Test
  void cropsFromAZeroPaddedImageAndMirrors() {
    Map<Integer, List<Integer>> golden =
        Map.of(
            0, List.of(6, 7, 8, 0, 10, 11, 12, 0, 0, 0, 0, 0),
            1, List.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12),
            2, List.of(3, 2, 1, 0, 7, 6, 5, 0, 11, 10, 9, 0),
            3, List.of(7, 6, 5, 0, 11, 10, 9, 0, 0, 0, 0, 0),
            4, List.of(4, 3, 2, 1, 8, 7, 6, 5, 12, 11, 10, 9),
            5, List.of(0, 0, 0, 0, 0, 1, 2, 3, 0, 5, 6, 7));

    golden.forEach((sample, picture) -> assertThat(augmented(7, 2, sample)).isEqualTo(picture));
  }

  @Test
  void changesWithTheSeedAndTheEpoch() {
    List<Augmentation> changes = changes(7, 2);

    assertThat(changes(7, 2)).isEqualTo(changes);
    assertThat(changes(7, 3)).isNotEqualTo(changes);
    assertThat(changes(8, 2)).isNotEqualTo(changes);
  }

  @Test
  void reachesEveryOffsetAndMirrorsHalf() {
    AugmentationSpec spec = new AugmentationSpec(2, true);
    List<Augmentation> changes =
        IntStream.range(0, 2000).mapToObj(i -> Augmentation.of(spec, 1, 1, i)).toList();

    assertThat(changes).extracting(Augmentation::down).containsOnly(-2, -1, 0, 1, 2);
    assertThat(changes).extracting(Augmentation::right).containsOnly(-2, -1, 0, 1, 2);
    assertThat(changes.stream().filter(Augmentation::mirrored).count()).isBetween(900L, 1100L);
  }

  @Test
  void doesNothingUnlessAsked() {
    AugmentationSpec none = new AugmentationSpec(0, false);

    assertThat(IntStream.range(0, 100).mapToObj(i -> Augmentation.of(none, 1, 1, i)))
        .containsOnly(Augmentation.NONE);
  }

  @Test
  void looksPixelsAndPaddingUpInTheTableOfTheirChannel() {
    float[][] tables = {table(1), table(-1)};
    tables[0][0] = 0.5f;
    float[] target = new float[5];
    new Augmentation(0, 1, false)
        .apply(new byte[] {1, 2, (byte) 200, 4}, new ImageShape(2, 1, 2), tables, target, 1);

    assertThat(target).containsExactly(0, 0.5f, 1, 0, -200);
  }

  private static List<Augmentation> changes(long seed, int epoch) {
    return IntStream.range(0, 20)
        .mapToObj(sample -> Augmentation.of(BOTH, seed, epoch, sample))
        .toList();
  }

  private static List<Integer> augmented(long seed, int epoch, int sample) {
    float[] target = new float[SHAPE.size()];
    Augmentation.of(BOTH, seed, epoch, sample)
        .apply(PICTURE, SHAPE, new float[][] {table(1)}, target, 0);
    return IntStream.range(0, target.length).mapToObj(i -> (int) target[i]).toList();
  }

  private static float[] table(int factor) {
    float[] table = new float[256];
    for (int i = 0; i < table.length; i++) {
      table[i] = factor * i + 0f;
    }
    return table;
  }
}
