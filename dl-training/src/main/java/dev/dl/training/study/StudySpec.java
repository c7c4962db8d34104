package dev.dl.training.study;

import dev.dl.core.config.ConfigException;
import dev.dl.core.config.ConfigProblem;
import dev.dl.core.config.ConfigReader;
import dev.dl.core.config.Default;
import dev.dl.core.config.Draft;
import dev.dl.core.config.Minimum;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A study: candidates that are trained with the same seeds, on the same data, under one budget.
 *
 * @param name what the study is called; its directory is named after it
 * @param base the settings of a run that all have in common, or the path of a file with them, which
 *     starts from the folder of the study's
 * @param grid dotted path of a setting to a list of its values: every combination is a candidate
 * @param candidates settings by their dotted paths, a group for each candidate, {@code name} beside
 *     them if it is to have one; combined with those of the grid
 * @param seeds of the runs of each candidate; {@code data.splitSeed} stays that of the base
 * @param budget what each run may spend
 * @param tuning how the settings of the candidates were found, for readers of the comparison: the
 *     effort is to be the same for each
 * @param baseline the candidate that others are compared with; {@code null}: the first
 */
public record StudySpec(
    String name,
    Draft base,
    @Default("{}") Draft grid,
    @Default("[]") List<Draft> candidates,
    @Default("[1, 2, 3]") @Minimum(0) List<Long> seeds,
    Budget budget,
    @Default("not stated") String tuning,
    @Default("null") String baseline) {
  /** Settings that the study decides. */
  private static final Set<String> DECIDED =
      Set.of(
          "name", "seed", "training.epochs", "training.maximumSteps", "training.maximumDuration");

  public StudySpec {
    candidates = List.copyOf(candidates);
    seeds = List.copyOf(seeds);
    List<ConfigProblem> problems = new ArrayList<>();
    checkGrid(grid, problems);
    for (int i = 0; i < candidates.size(); i++) {
      String path = "candidates[" + i + "]";
      if (!candidates.get(i).isGroup()) {
        problems.add(
            new ConfigProblem(
                path, candidates.get(i).shown(), "settings such as {model.name: lenet5}", ""));
      }
      for (String key : candidates.get(i).entries().keySet()) {
        if (!key.equals(Candidates.NAME)) {
          checkPath(path, key, problems);
        }
      }
    }
    if (seeds.isEmpty() || new HashSet<>(seeds).size() < seeds.size()) {
      problems.add(
          new ConfigProblem("seeds", seeds.toString(), "seeds that differ, such as [1, 2, 3]", ""));
    }
    if (!problems.isEmpty()) {
      throw new ConfigException(problems);
    }
  }

  /**
   * The study in a file, with its base in place of the base's path.
   *
   * @param overrides such as {@code budget.epochs=2}
   * @throws ConfigException with every problem of the study's own settings
   */
  public static StudySpec read(Path file, List<String> overrides) throws IOException {
    StudySpec spec = ConfigReader.read(file, overrides, StudySpec.class);
    return spec.base.text().isPresent()
        ? spec.withBase(Draft.read(file.resolveSibling(spec.base.text().get())))
        : spec;
  }

  private StudySpec withBase(Draft settings) {
    return new StudySpec(name, settings, grid, candidates, seeds, budget, tuning, baseline);
  }

  /** The same on another backend. */
  public StudySpec withBackend(String backend) {
    return withBase(base.with("backend", Draft.of(backend)));
  }

  private static void checkGrid(Draft grid, List<ConfigProblem> problems) {
    if (!grid.isGroup()) {
      problems.add(
          new ConfigProblem(
              "grid", grid.shown(), "settings and lists, such as {model.name: [lenet5]}", ""));
    }
    for (Map.Entry<String, Draft> entry : grid.entries().entrySet()) {
      checkPath("grid", entry.getKey(), problems);
      if (entry.getValue().elements().isEmpty()) {
        problems.add(
            new ConfigProblem(
                "grid." + entry.getKey(), entry.getValue().shown(), "a list of values", ""));
      }
    }
  }

  private static void checkPath(String where, String path, List<ConfigProblem> problems) {
    if (DECIDED.contains(path)) {
      problems.add(
          new ConfigProblem(
              where + "." + path,
              "a setting that the study decides",
              "others",
              "seeds and budget say it"));
    }
  }
}
