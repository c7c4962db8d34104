package dev.dl.models.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.dl.core.kernel.Parallel;
import dev.dl.core.kernel.nd4j.Nd4jKernels;
import dev.dl.core.kernel.onednn.OneDnnKernels;
import dev.dl.models.layer.Past;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;

/** Every layer that says that it reads texts part by part gives what it gives for the whole. */
final class ReadingInPartsTest {
  private static final float[] TEXT = {3, 1, 4, 0, 5, 6};
  private static final int CLASSES = 4;

  /** Those of the layers whose gradients are checked that do. */
  static List<String> cases() {
    return GradientCheckTest.cases().stream()
        .filter(
            name ->
                GradientCheckTest.network(name, new Nd4jKernels(DataType.DOUBLE)).readsInParts())
        .toList();
  }

  @Test
  void coversCausalLayersAlone() {
    assertThat(cases())
        .hasSize(19)
        .contains("LSTM", "GRU", "position embedding", "sinusoidal positions", "decoder block")
        .doesNotContain("encoder block", "mean over tokens", "last step");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void givesForPartsWhatItGivesForTheWhole(String name) {
    for (var kernels :
        List.of(new OneDnnKernels(Parallel.onOpenMp(2)), new Nd4jKernels(DataType.DOUBLE))) {
      Network network = GradientCheckTest.network(name, kernels);
      float[] whole = network.logits(TEXT, 1);
      Past past = new Past();
      for (int part : new int[] {2, 1, 3}) {
        int start = past.length();
        float[] logits = network.logits(Arrays.copyOfRange(TEXT, start, start + part), past);
        assertThat(logits)
            .containsExactly(
                Arrays.copyOfRange(whole, start * CLASSES, (start + part) * CLASSES),
                within(1e-5f));
      }
    }
  }
}
