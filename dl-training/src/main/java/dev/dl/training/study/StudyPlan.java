package dev.dl.training.study;

import dev.dl.core.config.ConfigException;
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

  /** A candidate with its work. */
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
    for (Map.Entry<Candidate, RunSpec> entry : specs.entrySet()) {
      DataSpec wanted = entry.getValue().data();
      if (!data.containsKey(wanted)) {
        data.put(wanted, DataSplits.open(wanted, workingDirectory));
        requireSame(entry.getKey(), data.get(wanted), data.values().iterator().next());
      }
    }
    CandidateProblems problems = new CandidateProblems();
    List<Planned> planned = new ArrayList<>();
    specs.forEach(
        (candidate, spec) ->
            problems.collect(
                candidate,
                () ->
                    planned.add(
                        new Planned(candidate, workload(spec, models, data.get(spec.data()))))));
    problems.require(specs.keySet());
    return new StudyPlan(study, data.values().iterator().next().fingerprint(), planned);
  }

  private static Workload workload(RunSpec spec, KnownModels models, DataSplits data) {
    Graph graph = FittedGraph.of(spec, models, data);
    int batchSize = spec.training().batchSize();
    return new Workload(
        graph.parameterCount(),
        graph.multiplyAdds(),
        batchSize,
        new Batches(data.train(), batchSize).count());
  }

  /** The name of the candidate that others are compared with. */
  public String baseline() {
    return study.baseline() == null ? candidates.get(0).candidate().name() : study.baseline();
  }

  /**
   * The cells in the order in which they are trained: every candidate with the first seed, then
   * with the next.
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
    CandidateProblems problems = new CandidateProblems();
    List<Candidate> candidates = Candidates.of(study);
    for (Candidate candidate : candidates) {
      problems.collect(
          candidate, () -> specs.put(candidate, checked(candidate, study.seeds().get(0), models)));
    }
    problems.require(candidates);
    return specs;
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

  private static void requireSame(Candidate candidate, DataSplits data, DataSplits first) {
    if (!data.fingerprint().equals(first.fingerprint())) {
      throw new DataException(
          "candidate " + candidate.name(),
          "data with fingerprint " + data.fingerprint(),
          first.fingerprint()
              + ", as for the candidates before it; only the same data makes a comparison");
    }
  }
}
