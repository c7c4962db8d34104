package dev.dl.training.study;

import dev.dl.training.comparison.ComparedRun;
import dev.dl.training.comparison.Comparison;
import dev.dl.training.comparison.ComparisonChoice;
import dev.dl.training.comparison.Unfairness;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The comparison of what a study's cells came to. */
public final class StudyComparison {
  /** What follows from a budget that is stated, and need not be the same. */
  private static final Set<String> LENGTH = Set.of("training.epochs", "training.maximumSteps");

  private StudyComparison() {}

  /** Compares the cells that ended; empty if none is done. */
  public static Optional<Comparison> of(StudyPlan plan, Cells cells) throws IOException {
    Path baseline = null;
    boolean any = false;
    for (Cell cell : cells.cells()) {
      boolean done = cell.state() == CellState.DONE;
      any |= done;
      if (done && cell.spec().name().equals(plan.baseline())) {
        baseline = cell.directory();
      }
    }
    if (!any) {
      return Optional.empty();
    }
    ComparisonChoice choice =
        new ComparisonChoice(baseline == null ? null : baseline.toString(), null);
    return Optional.of(stated(Comparison.of(runs(cells), choice), StudyStatus.of(plan, cells)));
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

  /** With what the study states, and without what follows from its budget. */
  private static Comparison stated(Comparison comparison, StudyStatus study) {
    List<Unfairness> unfair =
        comparison.unfair().stream().filter(each -> !LENGTH.contains(each.what())).toList();
    List<String> notes = new ArrayList<>();
    notes.add("Budget: " + study.budget() + ".");
    notes.add("Tuning: " + study.tuning() + ".");
    study.cells().stream()
        .filter(cell -> cell.failure() != null)
        .forEach(cell -> notes.add(cell.name() + " failed: " + cell.failure().message()));
    notes.addAll(comparison.notes());
    return new Comparison(
        comparison.metric(),
        comparison.lessIsBetter(),
        comparison.share(),
        comparison.baseline(),
        comparison.candidates(),
        unfair,
        notes);
  }
}
