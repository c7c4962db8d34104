package dev.dl.training.study;

import dev.dl.training.comparison.ComparedRun;
import dev.dl.training.comparison.Comparison;
import dev.dl.training.comparison.ComparisonChoice;
import dev.dl.training.comparison.Terms;
import dev.dl.training.study.StudyStatus.CellStatus;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The comparison of what a study's cells came to. */
public final class StudyComparison {
  private StudyComparison() {}

  /** Compares the cells that ended; empty if none is done. */
  public static Optional<Comparison> of(StudyPlan plan, Cells cells) throws IOException {
    StudyStatus status = StudyStatus.of(plan, cells);
    if (status.cells().stream().noneMatch(CellStatus::done)) {
      return Optional.empty();
    }
    List<ComparedRun> runs = runs(cells);
    List<String> failures =
        status.cells().stream()
            .filter(cell -> cell.failure() != null)
            .map(cell -> cell.name() + " failed: " + cell.failure().message())
            .toList();
    return Optional.of(
        Comparison.of(runs, choice(status, runs, ComparisonChoice.USUAL)).noting(failures));
  }

  /**
   * What a study says of the comparison of its runs, beside what a user chose.
   *
   * @param runs of the study
   */
  public static ComparisonChoice choice(
      StudyStatus study, List<ComparedRun> runs, ComparisonChoice chosen) {
    String baseline =
        runs.stream()
            .filter(run -> run.summary() != null && run.spec().name().equals(study.baseline()))
            .map(run -> run.run().toString())
            .findFirst()
            .orElse(null);
    return new ComparisonChoice(
        chosen.baseline() == null ? baseline : chosen.baseline(),
        chosen.metric(),
        new Terms(study.budget(), study.tuning()));
  }

  /** The runs of the cells that ended. */
  public static List<ComparedRun> runs(Cells cells) throws IOException {
    List<ComparedRun> runs = new ArrayList<>();
    for (Cell cell : cells.cells()) {
      CellState state = cell.state();
      if (state == CellState.DONE || state == CellState.DIVERGED) {
        runs.add(ComparedRun.read(cell.directory()));
      }
    }
    return runs;
  }
}
