package dev.dl.training.tensorboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class EventTest {
  /** Written by TensorBoard itself: tools/golden/tensorboard_events.py. */
  private static final String GOLDEN = "/golden/events.out.tfevents.golden";

  @Test
  void writesTheBytesThatTensorBoardWrites() throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.write(Event.version(1764292345.25));
    file.write(Event.start(1764292346.5, 70_000));
    Map<String, Double> scalars =
        new TreeMap<>(Map.of("epoch/validation.accuracy", 0.875, "step/train.größe", -1.5e-3));
    file.write(Event.scalars(1764292347.75, 70_000, scalars));
    file.write(Event.scalars(1764292348, 0, Map.of("a".repeat(300), Double.NaN)));

    try (InputStream golden = EventTest.class.getResourceAsStream(GOLDEN)) {
      assertThat(file.toByteArray()).isEqualTo(golden.readAllBytes());
    }
  }
}
