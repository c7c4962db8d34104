package dev.dl.training.report;

import java.util.List;

/**
 * How far probabilities can be believed.
 *
 * @param error expected calibration error (Naeini et al. 2015, <a
 *     href="https://ojs.aaai.org/index.php/AAAI/article/view/9602">Obtaining well calibrated
 *     probabilities using Bayesian binning</a>): the mean over predictions of the distance between
 *     the accuracy and the probability of their bin
 * @param probability the mean that predictions are given
 * @param accuracy the share of predictions that are right
 */
public record Calibration(
    String candidate, double error, double probability, double accuracy, List<Bin> bins) {

  public Calibration {
    bins = List.copyOf(bins);
  }

  /**
   * Predictions with similar probabilities.
   *
   * @param probability their mean, NaN of an empty bin, as is {@code accuracy}
   */
  public record Bin(double probability, double accuracy, long samples) {}
}
