package dev.dl.training.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dl.core.config.ConfigException;
import dev.dl.core.config.ConfigWriter;
import dev.dl.models.KnownModels;
import dev.dl.training.spec.RunSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StudySpecTest {
  private static final String BASE =
      """
      name: run
      data: {source: fashion-mnist-10k}
      model: {name: lenet5}
      training: {epochs: 7, batchSize: 32}
      """;

  @TempDir private Path folder;

  private StudySpec study(String yaml, String... overrides) throws IOException {
    Files.writeString(folder.resolve("base.yaml"), BASE);
    Path file = Files.writeString(folder.resolve("study.yaml"), yaml);
    return StudySpec.read(file, List.of(overrides));
  }

  private static List<String> names(StudySpec study) {
    return Candidates.of(study).stream().map(Candidate::name).toList();
  }

  private void problems(String yaml, String... expected) {
    assertThatThrownBy(() -> StudyPlan.specs(study(yaml), KnownModels.shipped()))
        .isInstanceOfSatisfying(
            ConfigException.class,
            e -> assertThat(e.problems()).extracting(Object::toString).containsExactly(expected));
  }

  @Test
  void combinesEveryValueOfTheGridAndNamesTheCandidatesByThem() throws IOException {
    StudySpec study =
        study(
            """
            name: s
            base: base.yaml
            grid:
              model.name: [lenet5, convnet]
              optimizer.learningRate: [0.1, 1e-2]
            budget: {epochs: 2}
            """);

    Map<Candidate, RunSpec> specs = StudyPlan.specs(study, KnownModels.shipped());

    assertThat(names(study))
        .containsExactly(
            "lenet5-learningRate-0.1",
            "lenet5-learningRate-1e-2",
            "convnet-learningRate-0.1",
            "convnet-learningRate-1e-2");
    assertThat(specs.values()).extracting(spec -> spec.training().batchSize()).containsOnly(32);
    assertThat(specs.values())
        .extracting(spec -> spec.model().name() + " " + spec.optimizer().learningRate())
        .containsExactly("lenet5 0.1", "lenet5 0.01", "convnet 0.1", "convnet 0.01");
    assertThat(study.seeds()).containsExactly(1L, 2L, 3L);
    assertThat(study.tuning()).isEqualTo("not stated");
  }

  @Test
  void combinesListedCandidatesWithTheGrid() throws IOException {
    StudySpec study =
        study(
            """
            name: s
            base: {data: {source: fashion-mnist-10k}}
            candidates:
              - {model.name: lenet5, optimizer.learningRate: 0.1}
              - {name: big/one, model: {layers: [flatten, dense: 300]}}
            grid: {training.batchSize: [16, 32]}
            seeds: [4]
            budget: {steps: 100}
            baseline: big_one-batchSize-16
            """);

    assertThat(names(study))
        .containsExactly(
            "lenet5-learningRate-0.1-batchSize-16",
            "lenet5-learningRate-0.1-batchSize-32",
            "big_one-batchSize-16",
            "big_one-batchSize-32");
    assertThat(StudyPlan.specs(study, KnownModels.shipped())).hasSize(4);
  }

  @Test
  void aStudyOfOneCandidateIsNamedAfterItsModel() throws IOException {
    assertThat(names(study("{name: s, base: base.yaml, budget: {epochs: 1}}")))
        .containsExactly("lenet5");
  }

  @Test
  void readsEveryBudgetAndIsReadBackAsItIsWritten() throws IOException {
    assertThat(study("{name: s, base: base.yaml, budget: {wall-time: 1h30m}}").budget())
        .isEqualTo(new Budget.WallTime(Duration.ofMinutes(90)));
    assertThat(study("{name: s, base: base.yaml, budget: {multiply-adds: 3e12}}").budget())
        .isEqualTo(new Budget.MultiplyAdds(3e12));
    StudySpec study =
        study(
            "{name: s, base: base.yaml, grid: {model.name: [lenet5]}, budget: {steps: 100}}",
            "seeds=[9]",
            "base.training.batchSize=8");

    assertThat(study.budget()).isEqualTo(new Budget.Steps(100));
    assertThat(study(ConfigWriter.yaml(study))).isEqualTo(study);
  }

  @Test
  void tellsEveryProblemOfTheStudyAtOnce() {
    problems(
        """
        name: s
        base: base.yaml
        grid: {model.name: lenet5, seed: [1, 2]}
        candidates: [lenet5, {training.epochs: 3}]
        seeds: [1, 1]
        budget: {epochs: 2}
        """,
        "grid.model.name: got \"lenet5\", expected a list of values",
        "grid.seed: got a setting that the study decides, expected others; seeds and budget say it",
        "candidates[0]: got \"lenet5\", expected settings such as {model.name: lenet5}",
        "candidates[1].training.epochs: got a setting that the study decides, expected others;"
            + " seeds and budget say it",
        "seeds: got [1, 1], expected seeds that differ, such as [1, 2, 3]");
    problems(
        "{name: s, base: base.yaml, budget: {epochs: 1, steps: 2}}",
        "budget: got the keys [epochs, steps], expected one of epochs, steps, multiply-adds,"
            + " wall-time; indent the settings of each below its name");
  }

  @Test
  void tellsEveryProblemOfTheCandidatesAtOnceAndWhoseItIs() {
    problems(
        """
        name: s
        base:
          data: {source: fashion-mnist-10k}
          training: {batchSize: 0}
        grid:
          model.name: [lenet5, lenet6]
        budget: {epochs: 2}
        """,
        "base.training.batchSize: got 0, expected a whole number of at least 1");
    problems(
        """
        name: s
        base: base.yaml
        grid:
          model.name: [lenet5, lenet6]
        budget: {epochs: 2}
        """,
        "candidate lenet6: model.name: got lenet6, expected a name that ./dl models lists;"
            + " did you mean lenet5?");
    problems(
        "{name: s, base: base.yaml, grid: {model.name: [lenet5, lenet5]}, budget: {epochs: 2}}",
        "candidates: got two of the name lenet5, expected candidates that differ in their names;"
            + " give each a name");
    problems(
        "{name: s, base: base.yaml, baseline: x, budget: {epochs: 2}}",
        "baseline: got \"x\", expected one of lenet5");
  }

  @Test
  void refusesALimitInTimeThatWouldLeaveCellsWithoutResults() {
    problems(
        """
        name: s
        base:
          data: {source: fashion-mnist-10k}
          model: {name: lenet5}
          training: {maximumDuration: 1h}
        budget: {epochs: 2}
        """,
        "base.training.maximumDuration: got one, expected none, since a run that it ends has no"
            + " results; say budget: {wall-time: 10m}");
  }
}
