package dev.dl.cli.watch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Whole lines of a metrics.jsonl from some place on.
 *
 * @param text the lines, each with its end
 * @param next where to read on; the same place while there is no further line
 */
record MetricsChunk(String text, long next) {

  /** Reads lines of at most so many bytes together; a longer line is passed over. */
  static MetricsChunk read(RunsFolder folder, Path metrics, long from, int atMost)
      throws IOException {
    byte[] bytes = folder.read(metrics, from, atMost);
    int end = bytes.length;
    while (end > 0 && bytes[end - 1] != '\n') {
      end--;
    }
    boolean endless = end == 0 && bytes.length == atMost;
    return new MetricsChunk(
        new String(bytes, 0, end, StandardCharsets.UTF_8), from + (endless ? atMost : end));
  }
}
