package dev.dl.training.study;

import dev.dl.core.config.ConfigException;
import dev.dl.core.config.ConfigProblem;
import dev.dl.core.config.Draft;
import dev.dl.core.data.Batches;
import dev.dl.core.data.DataSpec;
import dev.dl.core.data.DataSplits;
import dev.dl.core.data.DatasetCatalog;
import dev.dl.core.data.problem.DataException;
import dev.dl.models.KnownModels;
import dev.dl.models.graph.Graph;
import dev.dl.training.FittedGraph;
import dev.dl.training.spec.RunSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a study comes to on its data: how long each candidate is trained.
 *
 * @param dataFingerprint of the data that all candidates see
 */
public record StudyPlan(StudySpec study, String dataFingerprint, List<Planned> candidates) {

  public StudyPlan {
    candidates = List.copyOf(candidates);
  }

  /**
   * A candidate with its work.
   */
  public record Planned(Candidate candidate, Workload workload) {

    /** The same with the times that were measured. */
    public Planned withSeconds(double perStep, double perEvaluation) {
      return new Planned(candidate, workload.withSeconds(perStep, perEvaluation));
    }

    /** A run of so much training. */
    public RunSpec spec(long seed, Budget.Length length) {
      Draft steps = length.maximumSteps() == null ? Draft.NULL : Draft.of(length.maximumSteps());
      return candidate
          .settings()
          .with("name", Draft.of(candidate.name()))
          .with("seed", Draft.of(seed))
          .with("training.epochs", Draft.of(length.epochs()))
          .with("training.maximumSteps", steps)
          .bind(RunSpec.class);
    }
  }

  /**
   * Reads the data of a study, and fits every candidate to it.
   *
   * @param models that the study may name
   * @param workingDirectory where relative paths of the base start
   * @throws ConfigException with every problem of every candidate
   * @throws DataException if they do not see the same data
   */
  public static StudyPlan of(StudySpec study, KnownModels models, Path workingDirectory)
      throws IOException {
    Map<Candidate, RunSpec> specs = specs(study, models);
    Map<DataSpec, DataSplits> data = new LinkedHashMap<>();
    List<Planned> planned = new ArrayList<>();
    String fingerprint = null;
    for (Map.Entry<Candidate, RunSpec> entry : specs.entrySet()) {
      RunSpec spec = entry.getValue();
      if (!data.containsKey(spec.data())) {
        data.put(spec.data(), DataSplits.open(spec.data(), workingDirectory));
      }
      DataSplits splits = data.get(spec.data());
      fingerprint = fingerprint == null ? splits.fingerprint() : fingerprint;
      requireSame(entry.getKey().name(), splits.fingerprint(), fingerprint);
      Graph graph = FittedGraph.of(spec, models, splits);
      int batchSize = spec.training().batchSize();
      Workload workload =
          new Workload(
              graph.parameterCount(),
              graph.multiplyAdds(),
              batchSize,
              new Batches(splits.train(), batchSize).count());
      planned.add(new Planned(entry.getKey(), workload));
    }
    return new StudyPlan(study, fingerprint, planned);
  }

  /** The name of the candidate that others are compared with. */
  public String baseline() {
    return study.baseline() == null
        ? candidates.get(0).candidate().name()
        : study.baseline();
  }

  /**
   * The cells in the order in which they are trained: every candidate with the first seed, then with
   * the next.
   *
   * @param folder where their directories are
   */
  public List<Cell> cells(Path folder) {
    List<Cell> cells = new ArrayList<>();
    for (long seed : study.seeds()) {
      for (Planned planned : candidates) {
        RunSpec spec = planned.spec(seed, study.budget().length(planned.workload()));
        cells.add(new Cell(spec, folder.resolve(spec.name() + "-seed" + seed)));
      }
    }
    return cells;
  }

  /**
   * The specs of all candidates with their first seed, checked against the catalogues; touches no
   * data.
   *
   * @throws ConfigException with every problem of every candidate
   */
  public static Map<Candidate, RunSpec> specs(StudySpec study, KnownModels models) {
    Map<Candidate, RunSpec> specs = new LinkedHashMap<>();
    Map<ConfigProblem, List<String>> problems = new LinkedHashMap<>();
    List<Candidate> candidates = Candidates.of(study);
    for (Candidate candidate : candidates) {
      try {
        specs.put(candidate, checked(candidate, study.seeds().get(0), models));
      } catch (ConfigException e) {
        e.problems()
            .forEach(
                problem ->
                    problems
                        .computeIfAbsent(problem, any -> new ArrayList<>())
                        .add(candidate.name()));
      }
    }
    if (!problems.isEmpty()) {
      throw new ConfigException(
          problems.entrySet().stream()
              .map(entry -> in(entry.getValue(), candidates.size(), entry.getKey()))
              .toList());
    }
    return specs;
  }

  private static ConfigProblem in(List<String> names, int candidates, ConfigProblem problem) {
    String where =
        names.size() == candidates ? "base." : "candidate " + String.join(", ", names) + ": ";
    return new ConfigProblem(
        where + problem.path(), problem.found(), problem.expected(), problem.remedy());
  }

  private static RunSpec checked(Candidate candidate, long seed, KnownModels models) {
    RunSpec spec =
        candidate
            .settings()
            .with("name", Draft.of(candidate.name()))
            .with("seed", Draft.of(seed))
            .bind(RunSpec.class);
    spec.model().architecture(models);
    DatasetCatalog.standard().info(spec.data().source());
    if (spec.training().maximumDuration() != null) {
      throw new ConfigException(
          "training.maximumDuration",
          "one",
          "none, since a run that it ends has no results",
          "say budget: {wall-time: 10m}");
    }
    return spec;
  }

  private static void requireSame(String candidate, String found, String expected) {
    if (!found.equals(expected)) {
      throw new DataException(
          "candidate " + candidate,
          "data with fingerprint " + found,
          expected + ", as for the candidates before it; only the same data makes a comparison");
    }
  }
}
