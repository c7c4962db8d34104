package dev.dl.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryDatasetTest {
  private static final Dataset DATASET =
      new MemoryDataset(
          new ImageShape(1, 2, 2), List.of(new byte[] {10, 20, 30, 40}), new int[] {7});

  @Test
  void resizesItsImagesAndKeepsItsLabels() {
    Dataset resized = MemoryDataset.resized(DATASET, 1);
    byte[] pixels = new byte[3];
    resized.read(0, pixels, 1);

    assertThat(resized.shape()).isEqualTo(new ImageShape(1, 1, 1));
    assertThat(resized.label(0)).isEqualTo(7);
    assertThat(pixels).containsExactly(0, 25, 0);
  }

  @Test
  void staysTheSameAtItsOwnSize() {
    assertThat(MemoryDataset.resized(DATASET, 2)).isSameAs(DATASET);
  }

  @Test
  void refusesLabelsThatDoNotMatch() {
    assertThatThrownBy(
            () -> new MemoryDataset(new ImageShape(1, 1, 1), List.of(new byte[1]), new int[2]))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
