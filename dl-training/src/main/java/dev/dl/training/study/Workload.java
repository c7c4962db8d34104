package dev.dl.training.study;

/**
 * What the training of a candidate takes.
 *
 * @param parameters of its network
 * @param multiplyAdds of a forward pass of one sample
 * @param batchSize samples of a step
 * @param stepsPerEpoch steps of one pass over the training split
 * @param secondsPerStep as measured; NaN where it was not
 * @param secondsPerEvaluation of one after an epoch, likewise
 */
public record Workload(
    long parameters,
    long multiplyAdds,
    int batchSize,
    int stepsPerEpoch,
    double secondsPerStep,
    double secondsPerEvaluation) {

  /** Where time does not matter. */
  public Workload(long parameters, long multiplyAdds, int batchSize, int stepsPerEpoch) {
    this(parameters, multiplyAdds, batchSize, stepsPerEpoch, Double.NaN, Double.NaN);
  }

  /** The same with the times that were measured. */
  public Workload withSeconds(double perStep, double perEvaluation) {
    return new Workload(parameters, multiplyAdds, batchSize, stepsPerEpoch, perStep, perEvaluation);
  }
}
