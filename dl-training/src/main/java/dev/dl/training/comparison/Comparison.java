package dev.dl.training.comparison;

import dev.dl.core.config.ConfigException;
import dev.dl.core.data.problem.DataException;
import java.io.IOException;
import java.util.ArrayList;
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

  /**
   * Compares runs, also where that is unfair.
   *
   * @throws DataException if no run has come to anything that can be compared
   * @throws ConfigException if the choice is none of what there is
   */
  public static Comparison of(List<ComparedRun> runs, ComparisonChoice choice) throws IOException {
    return Comparing.compare(runs, choice);
  }

  /** The same with more to know. */
  public Comparison noting(List<String> more) {
    List<String> all = new ArrayList<>(notes);
    all.addAll(more);
    return new Comparison(metric, lessIsBetter, share, baseline, candidates, unfair, all);
  }

  /** Whether no candidate had it easier than another. */
  public boolean fair() {
    return unfair.isEmpty();
  }

  /**
   * Refuses an unfair comparison.
   *
   * @throws DataException with a line for each unfairness
   */
  public void requireFair() {
    if (!fair()) {
      throw new DataException(
          unfair.stream().map(each -> "not fair to compare: " + each.line()).toList());
    }
  }
}
