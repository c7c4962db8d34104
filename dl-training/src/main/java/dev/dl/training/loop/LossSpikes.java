package dev.dl.training.loop;

import dev.dl.core.run.RunDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notes losses far above those of the steps before, in log.txt and metrics.jsonl: more than ten
 * deviations above their median and twice as large. Both come from the last 100 steps and hardly
 * hang on single ones: the deviation is the median distance to the median, as that of a normal
 * distribution. Nothing is done about a spike.
 */
public final class LossSpikes implements Callback {
  private static final Logger LOG = LoggerFactory.getLogger(LossSpikes.class);
  private static final int WINDOW = 100;
  private static final int LEAST = 30;
  private static final double DEVIATIONS = 10;
  private static final double OF_NORMAL = 1.4826;

  private final RunDirectory run;
  private final double[] losses = new double[WINDOW];
  private int count;

  public LossSpikes(RunDirectory run) {
    this.run = run;
  }

  @Override
  public Optional<StopReason> afterStep(StepResult result) {
    double bound = bound();
    losses[count++ % WINDOW] = result.loss();
    if (result.loss() > bound) {
      LOG.info("loss spike at step {}: {}, above {}", result.step(), result.loss(), bound);
      Map<String, Object> line = new LinkedHashMap<>();
      line.put("kind", "spike");
      line.put("step", result.step());
      line.put("epoch", result.epoch());
      line.put("train.loss", result.loss());
      line.put("bound", bound);
      try {
        run.appendMetrics(line);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return Optional.empty();
  }

  /** Above which a loss is a spike; infinite where too few are known. */
  double bound() {
    if (count < LEAST) {
      return Double.POSITIVE_INFINITY;
    }
    double[] known = Arrays.copyOf(losses, Math.min(count, WINDOW));
    double median = median(known);
    double deviation =
        OF_NORMAL * median(Arrays.stream(known).map(loss -> Math.abs(loss - median)).toArray());
    return Math.max(median + DEVIATIONS * deviation, 2 * median);
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
