package dev.dl.training.report;

import java.util.List;

/**
 * Samples that candidates take for different things.
 *
 * @param missing why the samples themselves cannot be shown; {@code null} where they can
 * @param samples those with the widest disagreement first
 */
public record Disagreements(String split, String missing, List<Sample> samples) {

  public Disagreements {
    samples = List.copyOf(samples);
  }

  /**
   * One of them.
   *
   * @param sample its position in the split
   * @param png the sample as a picture, in base64; {@code null} of other samples
   * @param text the sample as a text; {@code null} of other samples
   */
  public record Sample(int sample, String label, String png, String text, List<Answer> answers) {

    public Sample {
      answers = List.copyOf(answers);
    }
  }

  /**
   * What a candidate says of a sample.
   *
   * @param labelProbability that is given to its class, the mean over the runs
   */
  public record Answer(String candidate, double labelProbability, List<Told> told) {

    public Answer {
      told = List.copyOf(told);
    }
  }

  /** A class, and how many runs of the candidate take the sample for it. */
  public record Told(String predicted, int runs) {}
}
