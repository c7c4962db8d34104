package dev.dl.training.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dl.core.config.ConfigException;
import dev.dl.core.config.ConfigReader;
import dev.dl.core.data.problem.DataException;
import dev.dl.core.kernel.ConvolutionRule;
import dev.dl.core.run.Provenance;
import dev.dl.core.run.RunDirectory;
import dev.dl.core.run.RunNotWritableException;
import dev.dl.core.run.Summary;
import dev.dl.models.KnownModels;
import dev.dl.training.spec.RunSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Studies over rows of a table, which are read quickly: 90 train, 10 of them for validation. */
class StudyPlanTest {
  private static final String STUDY =
      """
      name: trial
      base:
        data: {source: table, train: rows.csv, target: {column: y}}
        training: {epochs: 99, batchSize: 20}
      candidates:
        - {name: small, model: {layers: [dense: 3]}}
        - {name: large, model: {layers: [dense: 80]}, training.batchSize: 9}
      seeds: [3, 5]
      budget: {steps: 12}
      """;

  @TempDir private static Path folder;
  @TempDir private Path out;

  @BeforeAll
  static void writeRows() throws IOException {
    StringBuilder rows = new StringBuilder("x,z,y\n");
    for (int i = 0; i < 100; i++) {
      rows.append(i).append(',').append(i * i % 17).append(',').append(i % 2 == 0 ? "even" : "odd");
      rows.append('\n');
    }
    Files.writeString(folder.resolve("rows.csv"), rows);
  }

  private static StudyPlan plan(String... overrides) throws IOException {
    StudySpec study = ConfigReader.parse(STUDY, "test", List.of(overrides), StudySpec.class);
    return StudyPlan.of(study, KnownModels.shipped(), folder);
  }

  @Test
  void knowsTheWorkOfEveryCandidate() throws IOException {
    List<StudyPlan.Planned> candidates = plan().candidates();

    assertThat(candidates)
        .extracting(StudyPlan.Planned::workload)
        .containsExactly(new Workload(17, 12, 20, 5), new Workload(402, 320, 9, 10));
    assertThat(plan().baseline()).isEqualTo("small");
    assertThat(plan("baseline=large").baseline()).isEqualTo("large");
  }

  @Test
  void cellsGoSeedBySeedThroughTheCandidatesUnderTheBudget() throws IOException {
    List<Cell> cells = plan().cells(out);

    assertThat(cells)
        .extracting(Cell::name)
        .containsExactly("small-seed3", "large-seed3", "small-seed5", "large-seed5");
    RunSpec large = cells.get(3).spec();
    assertThat(large.name()).isEqualTo("large");
    assertThat(large.seed()).isEqualTo(5);
    assertThat(large.data().splitSeed()).isZero();
    assertThat(large.training().epochs()).isEqualTo(2);
    assertThat(large.training().maximumSteps()).isEqualTo(12);
    assertThat(cells.get(0).spec().training().epochs()).isEqualTo(3);
    assertThat(plan("budget={epochs: 4}").cells(out).get(0).spec().training().maximumSteps())
        .isNull();
  }

  @Test
  void aModelThatDoesNotFitTheDataIsToldBeforeAnythingIsTrained() {
    assertThatThrownBy(
            () ->
                plan(
                    "candidates=[{model.name: resnet20}, {model.name: mlp}, {model.name: lenet5}]"))
        .isInstanceOfSatisfying(
            ConfigException.class,
            e ->
                assertThat(e.problems())
                    .extracting(problem -> problem.path())
                    .containsExactly(
                        "candidate resnet20: model.name", "candidate lenet5: model.name"));
  }

  @Test
  void candidatesThatSeeOtherDataAreRefused() {
    assertThatThrownBy(
            () ->
                plan(
                    "grid={data.validationFraction: [0.1, 0.2]}",
                    "candidates=[{model: {layers: [dense: 3]}}]"))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(
            "candidate model-1-validationFraction-0.2: found data with fingerprint")
        .hasMessageContaining("only the same data makes a comparison");
  }

  @Test
  void cellsOfOtherDataAreRefused() throws IOException {
    StudyDirectory directory = new StudyDirectory(out.resolve("study"));
    directory.create();
    Cells cells = directory.prepare(plan());
    try (RunDirectory run = RunDirectory.open(cells.cells().get(1).directory())) {
      run.writeProvenance(
          new Provenance(
              "2026-01-01T00:00:00Z",
              List.of(),
              null,
              null,
              new Provenance.Backend("cpu", "no CUDA", null, 1, "onednn", ConvolutionRule.DIRECT),
              "other",
              null,
              null,
              null));
    }

    assertThatThrownBy(() -> directory.prepare(plan()))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("large-seed3: found a cell trained on data with fingerprint other");
  }

  @Test
  void theSameStudyTakesItsDirectoryAgainAndMayGrow() throws IOException {
    StudyDirectory directory = new StudyDirectory(out.resolve("study"));
    directory.create();
    directory.prepare(plan()).cells().get(0).fail(new CellFailure(1, "a bug"));
    directory.create();

    Cells cells = directory.prepare(plan("seeds=[3, 5, 7]"));

    assertThat(cells.cells()).hasSize(6);
    assertThat(cells.open()).as("one that failed too").hasSize(6);
    assertThatThrownBy(() -> directory.prepare(plan("budget={steps: 13}")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("small-seed3: got a run with other settings");
  }

  @Test
  void aDirectoryOfSomethingElseIsLeftAlone() throws IOException {
    Files.writeString(out.resolve("thesis.tex"), "");

    assertThatThrownBy(() -> new StudyDirectory(out).create())
        .isInstanceOf(RunNotWritableException.class)
        .hasMessageContaining("a directory that holds thesis.tex");
    assertThatThrownBy(() -> new StudyDirectory(out.resolve("thesis.tex")).create())
        .isInstanceOf(RunNotWritableException.class);
  }

  @Test
  void pilotsMeasureTheSpeedThatABudgetOfTimeNeeds() throws IOException {
    StudyPlan plan = plan("budget={wall-time: 2s}");
    StudyDirectory directory = new StudyDirectory(out);
    directory.create();
    Pilots pilots = new Pilots(directory, plan);
    Cells cells = pilots.cells();
    assertThat(cells.cells())
        .extracting(cell -> cell.spec().training().maximumSteps())
        .containsExactly(5L, 10L);
    assertThatThrownBy(pilots::measured)
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("candidate small: got open, expected one that can be trained");
    for (Cell cell : cells.cells()) {
      try (RunDirectory run = RunDirectory.open(cell.directory())) {
        int batchSize = cell.spec().training().batchSize();
        int steps = cell.spec().training().maximumSteps().intValue();
        for (int step = 1; step <= steps; step++) { // the first takes long, the others 0.1 s
          run.appendMetrics(
              Map.of(
                  "kind",
                  "step",
                  "step",
                  step,
                  "epoch",
                  1,
                  "samplesPerSecond",
                  step == 1 ? 1 : 10.0 * batchSize));
        }
        double training = 0.1 * (steps - 1) + batchSize;
        run.appendMetrics(
            Map.of(
                "kind",
                "epoch",
                "step",
                steps,
                "epoch",
                1,
                "samplesPerSecond",
                steps * batchSize / training,
                "seconds",
                training + 0.5));
      }
      CellsTest.end(cell, "completed");
    }

    List<Cell> measured = pilots.measured().cells(out);

    // 5 steps and an evaluation take a second, 10 and one take 1.5
    assertThat(measured.get(0).spec().training().epochs()).isEqualTo(2);
    assertThat(measured.get(0).spec().training().maximumSteps()).isNull();
    assertThat(measured.get(1).spec().training().maximumSteps()).isEqualTo(13);
  }

  @Test
  void theTimeLeftFollowsFromTheCellsThatEnded() throws IOException {
    StudyDirectory directory = new StudyDirectory(out);
    directory.create();
    Cells cells = directory.prepare(plan());
    TimeLeft left = new TimeLeft(plan(), cells);
    Cell current = cells.cells().get(1);
    assertThat(left.estimate(current, 0, Duration.ofSeconds(1))).isEmpty();

    // 12 steps of "small" took 24 s; those of "large" take 320 * 9 / (12 * 20) = 12 times as much
    try (RunDirectory run = RunDirectory.open(cells.cells().get(0).directory())) {
      run.writeSummary(
          new Summary(
              "completed", 3, 12, null, Map.of(), Map.of(), 6, "00", 1, 24, "cpu", null, null));
    }
    assertThat(left.estimate(current, 0, Duration.ofSeconds(9)))
        .contains(Duration.ofSeconds(24 + 2 * 12 * 24));

    // 4 steps of this one took 40 s
    try (RunDirectory run = RunDirectory.open(current.directory())) {
      run.appendMetrics(Map.of("kind", "step", "step", 6, "epoch", 1, "train.loss", 0.5));
    }
    assertThat(left.estimate(current, 2, Duration.ofSeconds(40)))
        .contains(Duration.ofSeconds(24 + 6 * 10 + 12 * 10));
    assertThat(left.steps(current)).isEqualTo(12);
    assertThat(CellProgress.of(current.files())).contains(new CellProgress(6, 1, 0.5));
  }

  @Test
  void theStatusSaysWhatTheCellsSay() throws IOException {
    StudyDirectory directory = new StudyDirectory(out);
    directory.create();
    Cells cells = directory.prepare(plan());
    CellsTest.end(cells.cells().get(0), "completed");
    CellsTest.end(cells.cells().get(1), "diverged");
    cells.cells().get(2).fail(new CellFailure(66, "gone"));

    StudyStatus status = StudyStatus.of(plan(), cells);
    directory.write(status);

    assertThat(status.cells())
        .extracting(StudyStatus.CellStatus::state)
        .containsExactly("done", "diverged", "failed", "open");
    assertThat(status.candidates())
        .extracting(StudyStatus.CandidateStatus::steps)
        .containsExactly(12L, 12L);
    assertThat(directory.status())
        .content()
        .contains(
            "\"budget\" : \"12 steps each\"", "\"message\" : \"gone\"", plan().dataFingerprint());
  }
}
