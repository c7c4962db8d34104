package dev.dl.training.loop;

import java.io.IOException;
import java.util.Map;

/** Somewhere that the metrics of a run are written to as it goes. */
@FunctionalInterface
public interface MetricsSink {

  /**
   * Adds what is known of a step or an epoch.
   *
   * @param line fields by name: {@code kind}, {@code step}, {@code train.loss}
   */
  void write(Map<String, Object> line) throws IOException;
}
