package dev.dl.core.data.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MixTest {

  /** To the bit: PyTorch in single precision, by tools/golden/augment.py. */
  @Test
  void mixesAsPyTorch() {
    List<JsonNode> cases = Golden.read("mixing");
    assertThat(cases).hasSize(14);
    for (JsonNode json : cases) {
      double[] shape = Golden.numbers(json.get("shape"));
      double[] corners = Golden.numbers(json.get("box"));
      int batch = (int) shape[0];
      int[] partners = IntStream.range(0, batch).map(sample -> batch - 1 - sample).toArray();
      Optional<Box> box = corners.length == 0 ? Optional.empty() : Optional.of(box(corners));
      float[] inputs = floats(json.get("inputs"));

      new Mix(json.get("share").asDouble(), partners, box)
          .apply(inputs, (int) shape[1], (int) shape[2], (int) shape[3]);

      assertThat(inputs).as(json.get("name").asText()).containsExactly(floats(json.get("mixed")));
    }
  }

  @Test
  void refusesPartnersThatAreNotEachOthers() {
    assertThatThrownBy(() -> new Mix(0.5, new int[] {1, 2, 0}, Optional.empty()))
        .hasMessage("sample 0 with partner 1");
    assertThatThrownBy(() -> new Mix(0.5, new int[] {3}, Optional.empty()))
        .hasMessage("sample 0 with partner 3");
    assertThatThrownBy(() -> new Mix(1.5, new int[0], Optional.empty())).hasMessage("share 1.5");
  }

  static Box box(double[] corners) {
    return new Box((int) corners[0], (int) corners[1], (int) corners[2], (int) corners[3]);
  }

  private static float[] floats(JsonNode json) {
    double[] numbers = Golden.numbers(json);
    float[] floats = new float[numbers.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) numbers[i];
    }
    return floats;
  }
}
