package dev.dl.core.data;

import dev.dl.core.data.problem.DataException;
import java.util.List;

/** What to do about samples that cannot be read. */
public enum OnBadSample {
  /** Refuse the data and name every bad sample. */
  FAIL,
  /** Leave them out and say how many and which. */
  SKIP;

  /**
   * Tells of bad samples.
   *
   * @param problems one line each; maybe none
   * @param notices where those left out are told
   * @throws DataException if there are any and they are not to be left out
   */
  void tell(List<String> problems, List<String> notices) {
    if (this == FAIL && !problems.isEmpty()) {
      throw new DataException(problems);
    }
    problems.forEach(problem -> notices.add("skipped " + problem));
  }
}
