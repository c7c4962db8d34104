package dev.dl.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dl.core.backend.Backend;
import dev.dl.core.backend.Compute;
import dev.dl.core.data.image.ImageShape;
import dev.dl.core.kernel.Loss;
import dev.dl.models.graph.Head;
import dev.dl.models.graph.ImageInput;
import dev.dl.models.network.Network;
import dev.dl.models.table.Mlp;
import java.util.List;
import org.junit.jupiter.api.Test;

final class InferenceTest {
  private static final Compute COMPUTE = Compute.on(Backend.cpu("test"));
  private static final float[] PICTURE = {1, 2, 3, 4, 5, 6};
  private static final float[] MIRRORED = {3, 2, 1, 6, 5, 4};

  private final Network network =
      Network.create(
          new Mlp(List.of(8), 0).define(new ImageInput(new ImageShape(1, 2, 3)), Head.classes(2)),
          new Loss.SoftmaxCrossEntropy(0),
          COMPUTE.kernels(),
          1);

  @Test
  void averagesTheOutputsForAPictureAndItsMirrorImage() {
    float[] plain = network.logits(PICTURE, 1);
    float[] other = network.logits(MIRRORED, 1);
    Inference both = new Inference(network, true);

    assertThat(both.outputs(PICTURE, 1))
        .containsExactly((plain[0] + other[0]) / 2, (plain[1] + other[1]) / 2);
    assertThat(both.outputs(MIRRORED, 1)).isEqualTo(both.outputs(PICTURE, 1));
    assertThat(plain).isNotEqualTo(other);
  }

  @Test
  void givesTheOutputsAsTheyAreUnlessAsked() {
    assertThat(new Inference(network, false).outputs(PICTURE, 1))
        .containsExactly(network.logits(PICTURE, 1));
  }
}
