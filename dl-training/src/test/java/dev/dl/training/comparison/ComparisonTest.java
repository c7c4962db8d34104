package dev.dl.training.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.dl.core.config.ConfigException;
import dev.dl.core.data.problem.DataException;
import dev.dl.core.run.JsonFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComparisonTest {
  @TempDir private Path folder;
  private TestRuns runs;

  @BeforeEach
  void begin() {
    runs = new TestRuns(folder);
  }

  private Comparison compared() throws IOException {
    return Comparison.of(runs.all(), ComparisonChoice.USUAL);
  }

  private Candidate candidate(String name) throws IOException {
    return compared().candidates().stream()
        .filter(each -> each.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** The figures are those of SciPy's ttest_rel. */
  @Test
  void saysWhichIsBetterAndHowSureThatIs() throws IOException {
    runs.add("mlp", 0.600, 0.609, 0.592).add("fm", 0.615, 0.620, 0.609);

    Comparison comparison = compared();

    assertThat(comparison.metric()).isEqualTo("test.accuracy");
    assertThat(comparison.baseline()).isEqualTo("mlp");
    assertThat(comparison.candidates()).extracting(Candidate::name).containsExactly("fm", "mlp");
    assertThat(candidate("fm").verdict())
        .isEqualTo("fm beats mlp by 1.43 points (95 % 0.67 to 2.19), p = 0.015");
    assertThat(candidate("mlp").verdict())
        .isEqualTo("mlp is the baseline: 60.03 % (95 % 57.92 to 62.15) with 3 seeds");
    assertThat(candidate("fm").difference().test()).isEqualTo("paired t");
    assertThat(comparison.notes())
        .contains(
            "p is Student's for pairs of the same seed; permutations of 3 pairs could not come"
                + " below 0.25.");
  }

  @Test
  void noIntervalOfSharesPassesAll() throws IOException {
    runs.add("mlp", 0.99, 1.0, 1.0).add("fm", 0.0, 0.01, 0.0);

    assertThat(candidate("mlp").spread().interval().high()).isEqualTo(1);
    assertThat(candidate("mlp").spread().interval().low()).isCloseTo(0.982324, within(1e-6));
    assertThat(candidate("fm").spread().interval().low()).isEqualTo(0);
  }

  @Test
  void saysHowManySeedsItWouldTake() throws IOException {
    runs.add("mlp", 0.600, 0.609, 0.592).add("fm", 0.605, 0.603, 0.606);

    Difference difference = candidate("fm").difference();

    assertThat(difference.distinguishable()).isFalse();
    assertThat(difference.seedsNeeded())
        .isEqualTo(Power.pairsNeeded(difference.effect().value(), 0.05))
        .isGreaterThan(3);
    assertThat(candidate("fm").verdict())
        .startsWith("fm is not distinguishable from mlp with 3 seeds: +0.43 points (95 % -")
        .endsWith("; about " + difference.seedsNeeded() + " would be needed");
  }

  @Test
  void correctsForSeveralCandidates() throws IOException {
    runs.add("mlp", 0.600, 0.609, 0.592)
        .add("fm", 0.615, 0.620, 0.609)
        .add("mf", 0.500, 0.520, 0.480);

    Difference better = candidate("fm").difference();
    Difference worse = candidate("mf").difference();

    assertThat(List.of(better.corrected(), worse.corrected()))
        .containsExactly(better.p(), 2 * worse.p());
    assertThat(2 * worse.p()).isLessThan(better.p());
    assertThat(candidate("mf").verdict())
        .startsWith("mf is worse than mlp by 10.03 points (95 % ")
        .endsWith(" after Holm");
    assertThat(worse.interval().high()).isNegative();
  }

  @Test
  void permutesThePairsOfManySeeds() throws IOException {
    double[] accuracies = {.60, .61, .59, .62, .60, .58, .61, .63};
    double[] better = {.64, .63, .62, .66, .61, .61, .64, .65};
    runs.add("mlp", accuracies).add("fm", better);

    Difference difference = candidate("fm").difference();

    assertThat(difference.test()).isEqualTo("paired permutation");
    assertThat(difference.p()).isCloseTo(2 / 256.0, within(1e-12));
  }

  /** Of 100 samples, the second alone is right on 8 and the first alone on none: p = 2 / 2^8. */
  @Test
  void takesPredictionsWhereThereIsOnePairOfRuns() throws IOException {
    runs.add("mlp", 0.80).predicting(sample -> sample < 80);
    runs.add("fm", 0.88).predicting(sample -> sample < 88);

    Difference difference = candidate("fm").difference();

    assertThat(difference.test()).isEqualTo("McNemar");
    assertThat(difference.p()).isCloseTo(2 / 256.0, within(1e-12));
    assertThat(candidate("fm").verdict())
        .startsWith("fm is ahead of mlp in this pair of runs: +8.00 points")
        .endsWith("other seeds may come out otherwise");
  }

  @Test
  void tellsNothingOfOneSeedWithoutPredictions() throws IOException {
    runs.add("mlp", 0.80).add("fm", 0.88);

    assertThat(candidate("fm").difference().p()).isNull();
    assertThat(candidate("fm").verdict())
        .isEqualTo("fm: +8.00 points to mlp with one seed, which is too few to tell a difference");
  }

  @Test
  void comparesOnlySeedsThatBothHave() throws IOException {
    runs.add("mlp", 0.6, 0.7);
    runs.add(0.9, "completed", "data", "model.name=fm", "seed=2");
    runs.add(0.9, "completed", "data", "model.name=mf", "seed=7");

    assertThat(candidate("fm").difference().mean()).isCloseTo(0.2, within(1e-12));
    assertThat(candidate("mf").verdict())
        .isEqualTo("mf has no seed in common with mlp: not compared");
  }

  @Test
  void namesCandidatesByWhatDiffers() throws IOException {
    runs.add("mlp", 0.6)
        .add(0.6, "completed", "data", "optimizer.learningRate=0.5")
        .add(0.6, "completed", "data", "optimizer.learningRate=0.5", "training.batchSize=7")
        .add(0.6, "completed", "data", "model.name=fm");

    assertThat(Group.of(runs.all()))
        .extracting(Group::name)
        .containsExactly(
            "mlp learningRate=0.001",
            "mlp learningRate=0.5 batchSize=128",
            "mlp learningRate=0.5 batchSize=7",
            "fm");
  }

  @Test
  void namesCandidatesAsTheirSpecsAreCalledIfThatTellsThemApart() throws IOException {
    runs.add(0.6, "completed", "data", "name=small")
        .add(0.6, "completed", "data", "name=large", "model.name=fm");

    assertThat(Group.of(runs.all())).extracting(Group::name).containsExactly("small", "large");
  }

  @Test
  void takesTheBaselineAndTheMetricThatAreAskedFor() throws IOException {
    runs.add("mlp", 0.6, 0.7).add("fm", 0.5, 0.9);

    Comparison comparison =
        Comparison.of(runs.all(), new ComparisonChoice("fm", "validation.accuracy"));

    assertThat(comparison.baseline()).isEqualTo("fm");
    assertThat(comparison.candidates().get(0).spread().mean()).isCloseTo(0.35, within(1e-12));
    assertThat(comparison.notes()).anyMatch(note -> note.startsWith("The validation split also"));
    String run = runs.all().get(2).name();
    assertThat(Comparison.of(runs.all(), new ComparisonChoice(run, null)).baseline())
        .isEqualTo("fm");
    assertThatThrownBy(() -> Comparison.of(runs.all(), new ComparisonChoice("x", null)))
        .isInstanceOf(ConfigException.class)
        .hasMessage("--baseline: got x, expected one of mlp, fm");
    assertThatThrownBy(() -> Comparison.of(runs.all(), new ComparisonChoice(null, "test.x")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("one of test.accuracy, validation.accuracy");
  }

  @Test
  void readsFoldersOfRunsAndEachRunOnce() throws IOException {
    runs.add("mlp", 0.6, 0.7);

    assertThat(ComparedRun.readAll(List.of(folder, folder.resolve("run-1")))).hasSize(2);
    Path empty = Files.createDirectory(folder.resolve("empty"));
    assertThatThrownBy(() -> ComparedRun.readAll(List.of(empty)))
        .isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void needsARunThatHasEnded() throws IOException {
    runs.add(0, null, "data");

    assertThatThrownBy(this::compared)
        .isInstanceOf(DataException.class)
        .hasMessageContaining("run-1: found a run that is not finished");
  }

  @Test
  void writesAsJson() throws IOException {
    runs.add("mlp", 0.6, 0.7).add("fm", 0.5, 0.9);
    runs.add(0.5, "completed", "others", "data.splitSeed=7");

    JsonNode json = new ObjectMapper().readTree(JsonFile.bytes(compared()));

    assertThat(json.at("/candidates/0/runs/1/seed").asInt()).isEqualTo(2);
    assertThat(json.at("/unfair/0/line").asText()).startsWith("splits: data.splitSeed: 0 in ");
  }
}
