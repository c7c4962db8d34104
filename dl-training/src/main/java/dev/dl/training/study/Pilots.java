package dev.dl.training.study;

import dev.dl.core.config.ConfigException;
import dev.dl.core.run.RunLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Short runs that tell how fast each candidate is trained, for a budget of time. They stay, so that
 * a study that goes on has the same budget as before.
 *
 * @param study whose directory they are in
 * @param plan whose candidates they are of
 */
public record Pilots(StudyDirectory study, StudyPlan plan) {
  private static final int LEAST_STEPS = 50;
  private static final int PARTS_OF_AN_EPOCH = 5;

  /** The runs: a fifth of an epoch with the first seed, and an evaluation. */
  public Cells cells() throws IOException {
    List<Cell> cells = new ArrayList<>();
    Files.createDirectories(study.pilots());
    try (RunLock lock = RunLock.await(study.root())) {
      for (StudyPlan.Planned candidate : plan.candidates()) {
        Cell cell = cell(candidate);
        cell.prepare();
        cell.reopen();
        cells.add(cell);
      }
    }
    return new Cells(cells);
  }

  private Cell cell(StudyPlan.Planned candidate) {
    int epoch = candidate.workload().stepsPerEpoch();
    long steps = Math.min(epoch, Math.max(LEAST_STEPS, epoch / PARTS_OF_AN_EPOCH));
    Budget.Length length = new Budget.Length(1, steps);
    Path folder = study.pilots().resolve(candidate.candidate().name());
    return new Cell(candidate.spec(plan.study().seeds().get(0), length), folder);
  }

  /**
   * The plan with the times that the runs took.
   *
   * @throws ConfigException if one has failed
   */
  public StudyPlan measured() throws IOException {
    List<StudyPlan.Planned> measured = new ArrayList<>();
    for (StudyPlan.Planned candidate : plan.candidates()) {
      Cell cell = cell(candidate);
      if (cell.state() != CellState.DONE) {
        Optional<CellFailure> failure = cell.failure();
        throw new ConfigException(
            "candidate " + cell.spec().name(),
            failure.map(CellFailure::message).orElse(cell.state().label()),
            "one that can be trained, to measure its speed for budget.wall-time",
            "see " + cell.files().log());
      }
      measured.add(timed(candidate, cell.files().readMetrics()));
    }
    return new StudyPlan(plan.study(), plan.dataFingerprint(), measured);
  }

  /** From the second half of the steps: the first ones also make kernels and take memory. */
  private static StudyPlan.Planned timed(
      StudyPlan.Planned candidate, List<Map<String, Object>> lines) {
    List<Double> speeds =
        lines.stream()
            .filter(line -> "step".equals(line.get("kind")))
            .map(line -> number(line, "samplesPerSecond"))
            .toList();
    Map<String, Object> epoch = lines.get(lines.size() - 1);
    double overall = number(epoch, "samplesPerSecond");
    double speed =
        speeds.subList(speeds.size() / 2, speeds.size()).stream()
            .sorted()
            .skip(speeds.size() / 4)
            .findFirst()
            .orElse(overall);
    int batchSize = candidate.workload().batchSize();
    double training = number(epoch, "step") * batchSize / overall;
    return candidate.withSeconds(
        batchSize / speed, Math.max(0, number(epoch, "seconds") - training));
  }

  private static double number(Map<String, Object> line, String key) {
    return ((Number) line.get(key)).doubleValue();
  }
}
