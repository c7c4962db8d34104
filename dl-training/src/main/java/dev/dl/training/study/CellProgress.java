package dev.dl.training.study;

import dev.dl.core.run.RunFiles;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How far the training of a cell has come, by whichever process.
 *
 * @param epoch that runs, counted from 1
 * @param loss of training of late, NaN where it was not written
 */
public record CellProgress(long step, int epoch, double loss) {
  /** As the last line of the metrics says; empty before there is one. */
  public static Optional<CellProgress> of(RunFiles run) throws IOException {
    List<Map<String, Object>> lines;
    try {
      lines = run.readLastMetrics();
    } catch (NoSuchFileException none) {
      return Optional.empty();
    }
    for (int i = lines.size() - 1; i >= 0; i--) {
      if (lines.get(i).get("step") instanceof Number step
          && lines.get(i).get("epoch") instanceof Number epoch) {
        double loss =
            lines.get(i).get("train.loss") instanceof Number value
                ? value.doubleValue()
                : Double.NaN;
        return Optional.of(new CellProgress(step.longValue(), epoch.intValue(), loss));
      }
    }
    return Optional.empty();
  }
}
