package dev.dl.core.run;

import java.util.Map;
import java.util.Objects;

/**
 * What a run came to: {@code summary.json}.
 *
 * @param status {@code completed}, {@code early-stopped}, {@code time-limit}, {@code interrupted}
 *     or {@code diverged}
 * @param epochs finished
 * @param steps done
 * @param best null when nothing was evaluated
 * @param validation metrics without their split's name: {@code accuracy}
 * @param test likewise
 * @param parameters of the network
 * @param weightsSha256 over the final weights' bytes
 * @param wallSeconds of the whole run, its interruptions left out
 * @param backend that did the work: {@code cpu} or {@code cuda}
 * @param multiplyAdds of the network for one sample; null where they are not known
 * @param peakMemoryBytes largest resident memory of a process of the run; null where it is not
 *     known
 */
public record Summary(
    String status,
    int epochs,
    long steps,
    Best best,
    Map<String, Double> validation,
    Map<String, Double> test,
    long parameters,
    String weightsSha256,
    double samplesPerSecond,
    double wallSeconds,
    String backend,
    Long multiplyAdds,
    Long peakMemoryBytes) {

  public Summary {
    Objects.requireNonNull(status, "status");
    validation.values().forEach(Objects::requireNonNull);
    test.values().forEach(Objects::requireNonNull);
  }
}
