package dev.dl.training.comparison;

import java.util.List;

/**
 * Candidates compared by one metric: plain data, which writes as JSON.
 *
 * @param metric {@code test.accuracy}
 * @param lessIsBetter of that metric
 * @param share whether it is a share from 0 to 1, which people read in percent
 * @param baseline name of the candidate that the others are compared with
 * @param candidates the best first; the baseline is one of them
 * @param unfair what makes the comparison unfair; none if it is fair
 * @param notes what a reader has to know besides, a sentence each
 */
public record Comparison(
    String metric,
    boolean lessIsBetter,
    boolean share,
    String baseline,
    List<Candidate> candidates,
    List<Unfairness> unfair,
    List<String> notes) {

  public Comparison {
    candidates = List.copyOf(candidates);
    unfair = List.copyOf(unfair);
    notes = List.copyOf(notes);
  }

  /** Whether no candidate had it easier than another. */
  public boolean fair() {
    return unfair.isEmpty();
  }
}
