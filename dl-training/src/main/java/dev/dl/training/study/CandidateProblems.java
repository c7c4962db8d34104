package dev.dl.training.study;

import dev.dl.core.config.ConfigException;
import dev.dl.core.config.ConfigProblem;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The problems of all candidates, each told once: of the base, if every candidate has it. */
final class CandidateProblems {
  private final Map<ConfigProblem, List<String>> problems = new LinkedHashMap<>();

  /** Does something for a candidate, and notes its problems. */
  void collect(Candidate candidate, Runnable work) {
    try {
      work.run();
    } catch (ConfigException e) {
      for (ConfigProblem problem : e.problems()) {
        problems.computeIfAbsent(problem, any -> new ArrayList<>()).add(candidate.name());
      }
    }
  }

  /**
   * Ends it if there were any.
   *
   * @param candidates all of them
   */
  void require(Collection<Candidate> candidates) {
    if (!problems.isEmpty()) {
      throw new ConfigException(
          problems.entrySet().stream()
              .map(entry -> in(entry.getValue(), candidates.size(), entry.getKey()))
              .toList());
    }
  }

  private static ConfigProblem in(List<String> names, int candidates, ConfigProblem problem) {
    String where =
        names.size() == candidates ? "base." : "candidate " + String.join(", ", names) + ": ";
    return new ConfigProblem(
        where + problem.path(), problem.found(), problem.expected(), problem.remedy());
  }
}
