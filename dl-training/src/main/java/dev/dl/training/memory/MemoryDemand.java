package dev.dl.training.memory;

import java.util.OptionalInt;

/**
 * The memory for tensors that a training takes, in bytes, by the number of samples at once.
 *
 * @param parameters as of {@link MemoryEstimate}
 * @param gradient of one kind: added up or not
 * @param batchSize samples of an update
 */
public record MemoryDemand(
    long parameters,
    long gradient,
    long optimizer,
    Line activations,
    Line workspace,
    int batchSize) {

  /** What grows by so much with each sample. */
  public record Line(double atNone, double perSample) {

    /** Through two points; the same for all samples if they are one. */
    static Line through(int samples, long bytes, int moreSamples, long moreBytes) {
      double slope =
          moreSamples == samples ? 0 : (double) (moreBytes - bytes) / (moreSamples - samples);
      return new Line(bytes - slope * samples, slope);
    }

    long at(int samples) {
      return Math.round(atNone + perSample * samples);
    }
  }

  /** With so many samples at once. */
  public MemoryEstimate at(int samplesAtOnce) {
    return new MemoryEstimate(
        samplesAtOnce,
        parameters,
        samplesAtOnce < batchSize ? 2 * gradient : gradient,
        optimizer,
        activations.at(samplesAtOnce),
        workspace.at(samplesAtOnce));
  }

  /** The most samples at once that fit into so many bytes; empty if not even one does. */
  public OptionalInt mostWithin(long bytes) {
    int most = batchSize;
    while (most > 0 && at(most).total() > bytes) {
      most /= 2;
    }
    return most == 0 ? OptionalInt.empty() : OptionalInt.of(most);
  }
}
