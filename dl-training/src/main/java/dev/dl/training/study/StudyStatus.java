package dev.dl.training.study;

import dev.dl.core.run.Summary;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Where a study stands: {@code study.json}. It says nothing that the run directories and {@code
 * study.yaml} do not.
 *
 * @param budget of each cell, as a sentence says it
 * @param tuning how the settings of the candidates were found
 * @param baseline the candidate that others are compared with
 * @param dataFingerprint of the data that all cells see
 */
public record StudyStatus(
    String name,
    String budget,
    String tuning,
    String baseline,
    String dataFingerprint,
    List<CandidateStatus> candidates,
    List<CellStatus> cells) {

  /**
   * A candidate, and how long each of its cells is trained.
   *
   * @param multiplyAdds of a forward pass of one sample
   * @param epochs that are begun
   */
  public record CandidateStatus(
      String name, long parameters, long multiplyAdds, int batchSize, int epochs, long steps) {}

  /**
   * A cell.
   *
   * @param state {@code open}, {@code done}, {@code diverged} or {@code failed}
   * @param directory below that of the study
   * @param validation metrics of the best weights; empty before the cell is done
   * @param test likewise
   * @param failure null where it did not fail
   */
  public record CellStatus(
      String name,
      String candidate,
      long seed,
      String state,
      String directory,
      long steps,
      double wallSeconds,
      Map<String, Double> validation,
      Map<String, Double> test,
      CellFailure failure) {

    static CellStatus of(Cell cell) throws IOException {
      CellState state = cell.state();
      boolean summed = state == CellState.DONE || state == CellState.DIVERGED;
      Summary summary = summed ? cell.files().readSummary() : null;
      return new CellStatus(
          cell.name(),
          cell.spec().name(),
          cell.spec().seed(),
          state.label(),
          "cells/" + cell.name(),
          summed ? summary.steps() : 0,
          summed ? summary.wallSeconds() : 0,
          summed ? summary.validation() : Map.of(),
          summed ? summary.test() : Map.of(),
          cell.failure().orElse(null));
    }

    /** Whether it has results. */
    public boolean done() {
      return state.equals(CellState.DONE.label());
    }

    /** Why it has none, in a few words. */
    public String trouble() {
      return state + (failure == null ? "" : ": " + failure.message());
    }
  }

  /** As the directories of the cells say. */
  public static StudyStatus of(StudyPlan plan, Cells cells) throws IOException {
    List<CellStatus> states = new ArrayList<>();
    for (Cell cell : cells.cells()) {
      states.add(CellStatus.of(cell));
    }
    StudySpec study = plan.study();
    return new StudyStatus(
        study.name(),
        study.budget().text(),
        study.tuning(),
        plan.baseline(),
        plan.dataFingerprint(),
        plan.candidates().stream().map(planned -> of(planned, study.budget())).toList(),
        states);
  }

  private static CandidateStatus of(StudyPlan.Planned planned, Budget budget) {
    Workload work = planned.workload();
    Budget.Length length = budget.length(work);
    return new CandidateStatus(
        planned.candidate().name(),
        work.parameters(),
        work.multiplyAdds(),
        work.batchSize(),
        length.epochs(),
        length.steps(work.stepsPerEpoch()));
  }
}
