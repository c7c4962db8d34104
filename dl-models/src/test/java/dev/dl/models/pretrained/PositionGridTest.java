package dev.dl.models.pretrained;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;

/** PyTorch's bicubic interpolation; tools/golden/position_grids.py made the values. */
class PositionGridTest {
  private static final int FEATURES = 2;

  @Test
  void interpolatesAsPyTorchDoes() throws IOException {
    try (InputStream in =
        PositionGridTest.class.getResourceAsStream("/golden/position-grids.json")) {
      JsonNode cases = new ObjectMapper().readTree(in);
      assertThat(cases).hasSize(4);
      for (JsonNode test : cases) {
        float[] found =
            grid(test.get("before"))
                .interpolated(floats(test.get("values")), 0, grid(test.get("after")));
        assertThat(found).containsExactly(floats(test.get("expected")), within(1e-6f));
      }
    }
  }

  private static PositionGrid grid(JsonNode size) {
    return new PositionGrid(size.get(0).asInt(), size.get(1).asInt(), FEATURES);
  }

  private static float[] floats(JsonNode list) {
    float[] values = new float[list.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) list.get(i).asDouble();
    }
    return values;
  }
}
